namespace Cairn.Tidy;

/// <summary>Folders are subjects and types are nouns.</summary>
public sealed class NameTests
{
    private static readonly string[] KindFolders =
    [
        "Models", "Contracts", "Interfaces", "Enums", "Helpers", "Utils", "Utilities", "Common", "Shared", "Services",
        "Extensions", "Misc",
    ];

    private static readonly string[] EmptySuffixes = [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Service", "Impl",
    ];

    [Fact]
    public void No_folder_is_named_after_a_kind_of_code()
    {
        var named = Repository.Files
            .Where(path => path.EndsWith(".cs"))
            .Where(path => path.Split('/').SkipLast(1).Any(KindFolders.Contains));

        Findings.None(named);
    }

    [Fact]
    public void No_type_is_named_by_a_suffix_that_says_nothing()
    {
        var named = Declaration.All
            .Where(type => EmptySuffixes.Any(suffix => type.Name.EndsWith(suffix)))
            .Select(type => $"{type.Place} {type.Name}");

        Findings.None(named);
    }

    [Fact]
    public void An_interface_has_more_than_one_implementation()
    {
        var implementations = Declaration.All.SelectMany(type => type.Bases).CountBy(name => name)
            .ToDictionary(StringComparer.Ordinal);

        var lonely = Declaration.All
            .Where(type => type.Keyword == "interface" && implementations.GetValueOrDefault(type.Name) < 2)
            .Select(type => $"{type.Place} {type.Name}: {implementations.GetValueOrDefault(type.Name)}");

        Findings.None(lonely);
    }

    [Fact]
    public void A_file_holds_one_class_or_one_family()
    {
        var crowded = Repository.Sources
            .Select(file => (file.Path, Classes: Declaration.In(file).Where(IsClass).ToList()))
            .Where(file => file.Classes.Count(type => !IsOfFamily(type, file.Classes)) > 1)
            .Select(file => file.Path);

        Findings.None(crowded);
    }

    [Fact]
    public void A_file_with_one_type_is_named_after_it()
    {
        var strangers = Repository.Sources
            .Select(file => (file.Path, Types: Declaration.In(file).Where(type => type.TopLevel).ToList()))
            .Where(file => file.Types.Count == 1 && file.Types[0].Name != Path.GetFileName(file.Path).Split('.')[0])
            .Select(file => file.Path);

        Findings.None(strangers);
    }

    private static bool IsClass(Declaration type) => type is { TopLevel: true, Keyword: "class" };

    /// <summary>A family: a base and what derives from it, or siblings of one base.</summary>
    private static bool IsOfFamily(Declaration type, List<Declaration> beside) =>
        beside.Exists(other => other != type
            && (other.Bases.Contains(type.Name) || type.Bases.Contains(other.Name)
                || (type.Bases.Count > 0 && other.Bases.Count > 0 && type.Bases[0] == other.Bases[0])));
}
