using CatDog.Web.Commands;

return await CommandLine.InvokeAsync(args);

/// <summary>Visible to the tests' WebApplicationFactory.</summary>
public partial class Program;
