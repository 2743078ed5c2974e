using CatDog.Web.Commands;

return await CatDogCommand.Create().Parse(args).InvokeAsync();

/// <summary>Visible to the tests' WebApplicationFactory.</summary>
public partial class Program;
