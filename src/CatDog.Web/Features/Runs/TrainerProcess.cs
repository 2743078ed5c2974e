using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CatDog.Training;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Runs;

/// <summary>
/// The child that trains one run. It has a session of its own and writes to files, so it outlives this server; a later one
/// finds it again by its id and start time.
/// </summary>
internal sealed class TrainerProcess : IDisposable
{
    private const int Terminate = 15;
    private const int KillNow = 9;

    // The pid is written by the child itself: it must be known even where this server dies right after starting it.
    // Its oom_score_adj makes the kernel choose the trainer, not this server, when memory runs out.
    private const string Script = """
        dir=$1; shift
        echo $$ >"$dir/child.pid"
        echo 500 >/proc/self/oom_score_adj 2>/dev/null
        exec setsid nice -n 10 "$@" </dev/null >/dev/null 2>>"$dir/child.log"
        """;

    private readonly Process? _process;
    private readonly bool _isChild;

    private TrainerProcess(Process? process, bool isChild)
    {
        _process = process;
        _isChild = isChild;
        StartedAt = process?.StartTime.ToUniversalTime();
    }

    public int? Id => _process?.Id;

    public DateTime? StartedAt { get; }

    public bool IsAlive => _process is not null && (_isChild ? !_process.HasExited : IsRunning(_process.Id) && !_process.HasExited);

    /// <summary>Null where it was not started by this server, or has not ended.</summary>
    public int? ExitCode => _isChild && _process!.HasExited ? _process.ExitCode : null;

    public static TrainerProcess Start(RunFolder folder, bool resume)
    {
        var start = ChildProcess.Describe(["train", "--run", folder.Path, .. resume ? ["--resume"] : Array.Empty<string>()]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = false;
        string[] command = ["-c", Script, "sh", folder.Path, start.FileName, .. start.ArgumentList];
        start.FileName = "/bin/sh";
        start.ArgumentList.Clear();
        foreach (var argument in command) start.ArgumentList.Add(argument);
        return new(Process.Start(start), isChild: true);
    }

    /// <summary>Finds the child of an earlier server; one that is gone is not alive.</summary>
    public static TrainerProcess Find(RunFolder folder, int? id, DateTime? startedAt)
    {
        id ??= ReadId(folder);
        if (id is null || !IsRunning(id.Value)) return new(null, isChild: false);
        try
        {
            var process = Process.GetProcessById(id.Value);
            var isSame = startedAt is null
                ? IsTrainerOf(folder, id.Value)
                : (process.StartTime.ToUniversalTime() - startedAt.Value).Duration() < TimeSpan.FromSeconds(5);
            return new(isSame ? process : null, isChild: false);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return new(null, isChild: false);
        }
    }

    /// <summary>Asks it to save and end.</summary>
    public void AskToStop() => Signal(Terminate);

    public void Kill() => Signal(KillNow);

    /// <summary>Lets go of the process; it goes on.</summary>
    public void Dispose() => _process?.Dispose();

    private void Signal(int signal)
    {
        if (IsAlive) _ = SendSignal(_process!.Id, signal);
    }

    private static int? ReadId(RunFolder folder)
    {
        var path = Path.Combine(folder.Path, "child.pid");
        return File.Exists(path) && int.TryParse(File.ReadAllText(path), CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    /// <summary>A zombie still has its id, but is dead.</summary>
    private static bool IsRunning(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsTrainerOf(RunFolder folder, int id) => File.ReadAllText($"/proc/{id}/cmdline").Split('\0').Contains(folder.Path);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int id, int signal);
}
