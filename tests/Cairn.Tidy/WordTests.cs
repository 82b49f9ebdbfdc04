using System.Text.RegularExpressions;

namespace Cairn.Tidy;

/// <summary>
/// The project speaks of itself alone, leaves nothing for later, and waits by a clock that is handed in.
/// </summary>
public sealed class WordTests
{
    /// <summary>Written in parts, so that this file does not hold them.</summary>
    private static readonly string[] ForeignWords =
    [
        "/wo" + "rk/", "/fa" + "rm/", "/tmp/bash_" + "jobs", "/ro" + "ot/", "registry.np" + "mjs.org",
        "api.nu" + "get.org", "pypi" + ".org", "cla" + "ude", "anthro" + "pic", "chat" + "gpt", "open" + "ai",
    ];

    private const string LaterWords = "TO" + "DO|FIX" + "ME|HA" + "CK|XX" + "X";

    /// <summary>Formats where a word is data.</summary>
    private static readonly string[] Data =
    [
        ".lock.json", "package-lock.json", ".png", ".jpg", ".jpeg", ".bin", ".gz", ".db",
    ];

    private static IEnumerable<string> Texts => Repository.Files.Where(path => !Data.Any(path.EndsWith));

    [Fact]
    public void No_text_names_a_machine_a_registry_or_a_way_of_working()
    {
        var words = string.Join('|', ForeignWords.Select(Regex.Escape));

        // The variable that every client of such an endpoint reads is the field's name for it (spec of the pipeline).
        Findings.None(Texts.SelectMany(path => Found(path, Repository.Read(path), $"(?i)({words})(?!_API_KEY)")));
    }

    [Fact]
    public void No_text_leaves_a_task_for_later() =>
        Findings.None(Texts.SelectMany(path => Found(path, Repository.Read(path), $@"\b({LaterWords})\b")));

    [Fact]
    public void No_code_leaves_a_method_unwritten() =>
        Findings.None(Code("").SelectMany(file => Found(file, @"\bNotImplementedException\b")));

    [Fact]
    public void Tests_in_CSharp_do_not_sleep() =>
        Findings.None(Code("tests/").SelectMany(file =>
            Found(file, @"Thread\.Sleep|Task\.Delay\((?!Timeout\.Infinite)")));

    [Fact]
    public void Tests_in_Python_do_not_sleep() =>
        Findings.None(Texts.Where(IsPythonTest).SelectMany(path =>
            Found(path, Repository.Read(path), @"time\.sleep\(")));

    [Fact]
    public void The_sources_read_no_ambient_clock_and_no_ambient_chance() =>
        Findings.None(Code("src/").SelectMany(file =>
            Found(file, @"Thread\.Sleep|DateTime(Offset)?\.(Utc)?Now\b|Guid\.NewGuid|Random\.Shared")));

    [Fact]
    public void A_delay_names_its_clock() =>
        Findings.None(Code("src/").SelectMany(file =>
            Found(file, @"Task\.Delay\((?![^;]*(clock|time|Clock|Time(Provider)?)\b)[^;]*;")));

    [Fact]
    public void No_test_is_switched_off() =>
        Findings.None(
            Code("tests/").SelectMany(file => Found(file, @"\[(Fact|Theory)\([^)]*Skip *="))
                .Concat(Texts.Where(IsPythonTest).SelectMany(path =>
                    Found(path, Repository.Read(path), @"@unittest\.skip\b"))));

    [Fact]
    public void No_exception_is_swallowed_without_a_word() =>
        Findings.None(Code("").SelectMany(file =>
            Found(file.Path, file.Text, @"(?m)^\s*catch *(\( *Exception[^)]*\))?\s*\{\s*\}")));

    private static bool IsPythonTest(string path) => path.Contains("/tests/") && path.EndsWith(".py");

    private static IEnumerable<SourceFile> Code(string folder) =>
        Repository.Sources.Where(file => file.Path.StartsWith(folder));

    private static IEnumerable<string> Found(SourceFile file, string pattern) => Found(file.Path, file.Calls, pattern);

    private static IEnumerable<string> Found(string path, string text, string pattern) =>
        Regex.Matches(text, pattern).Select(match =>
            $"{path}:{text.AsSpan(0, match.Index).Count('\n') + 1} {match.Value.Trim()}");
}
