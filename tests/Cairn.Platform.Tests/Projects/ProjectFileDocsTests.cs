using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Cairn.Platform.Projects;
using Cairn.Platform.Projects.Schema;
using Cairn.Platform.Secrets;
using Cairn.Platform.Tests.Stores;

namespace Cairn.Platform.Tests.Projects;

/// <summary>The examples of docs/project-file.md and the schema beside it are what the code reads.</summary>
public sealed class ProjectFileDocsTests
{
    [Fact]
    public void The_example_of_a_project_file_is_read_without_a_problem()
    {
        using var folder = new TempFolder();
        folder.Write("cairn.yaml", Example("yaml"));

        var project = ProjectReader.Load(new ProjectPlaces
        {
            Current = folder.Path,
            UserHome = folder.Path,
            Shipped = folder.Path,
        });

        Assert.Equal(["local", "night"], project.Pools.Select(pool => pool.Name));
    }

    [Fact]
    public void The_example_of_a_secrets_file_is_read_without_a_problem()
    {
        using var folder = new TempFolder();
        var file = folder.Write("secrets.yaml", Example("yaml secrets"));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal(3, SecretsFile.Load(file, required: true).All.Count);
    }

    [Fact]
    public void The_schema_for_editors_is_up_to_date()
    {
        var file = Path.Combine(Docs(), "cairn.schema.json");
        if (Environment.GetEnvironmentVariable("CAIRN_WRITE_SCHEMA") == "1")
            File.WriteAllText(file, JsonSchema.Text());

        Assert.Equal(JsonSchema.Text(), File.ReadAllText(file));
    }

    private static string Example(string language)
    {
        var page = File.ReadAllText(Path.Combine(Docs(), "project-file.md"));
        return Regex.Match(page, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
    }

    private static string Docs([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../docs"));
}
