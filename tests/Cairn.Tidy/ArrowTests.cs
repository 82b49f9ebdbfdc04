using System.Xml.Linq;

namespace Cairn.Tidy;

/// <summary>Which project may know which: Cli, Server -> Platform -> Flows, Graphs -> Engine.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> MayKnow = new(StringComparer.Ordinal)
    {
        ["Cairn.Engine"] = [],
        ["Cairn.Graphs"] = ["Cairn.Engine"],
        ["Cairn.Flows"] = ["Cairn.Engine"],
        ["Cairn.Platform"] = ["Cairn.Graphs", "Cairn.Flows", "Cairn.Engine"],
        ["Cairn.Server"] = ["Cairn.Platform", "Cairn.Graphs", "Cairn.Flows", "Cairn.Engine"],
        ["Cairn.Cli"] = ["Cairn.Server", "Cairn.Platform", "Cairn.Graphs", "Cairn.Flows", "Cairn.Engine"],
    };

    private static IEnumerable<string> Projects =>
        Repository.Files.Where(path => path.EndsWith(".csproj"));

    [Fact]
    public void Arrows_between_projects_point_one_way()
    {
        var wrong = Projects.Where(path => path.StartsWith("src/")).SelectMany(WrongArrows);

        Findings.None(wrong);
    }

    [Fact]
    public void Only_tests_and_benchmarks_are_projects_outside_src()
    {
        var elsewhere = Projects.Where(path => path.Split('/')[0] is not ("src" or "tests" or "bench"));

        Findings.None(elsewhere);
    }

    [Fact]
    public void The_language_projects_do_not_know_each_other()
    {
        var crossings = Repository.Sources.Where(file =>
            (file.Path.StartsWith("src/Cairn.Graphs/") && file.Code.Contains("Cairn.Flows")) ||
            (file.Path.StartsWith("src/Cairn.Flows/") && file.Code.Contains("Cairn.Graphs")));

        Findings.None(crossings.Select(file => file.Path));
    }

    [Fact]
    public void Package_versions_stand_in_one_place()
    {
        var versioned = Projects.Where(path =>
            References(path, "PackageReference").Any(item => item.Attribute("Version") is not null));

        Findings.None(versioned);
    }

    private static IEnumerable<string> WrongArrows(string project)
    {
        var name = Path.GetFileNameWithoutExtension(project);
        var allowed = MayKnow.GetValueOrDefault(name) ?? [];
        foreach (var reference in References(project, "ProjectReference"))
        {
            var target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value);
            if (!allowed.Contains(target))
                yield return $"{name} -> {target}";
        }
    }

    private static IEnumerable<XElement> References(string project, string kind) =>
        XDocument.Parse(Repository.Read(project)).Descendants(kind);
}
