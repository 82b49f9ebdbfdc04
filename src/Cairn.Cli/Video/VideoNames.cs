using System.Text;

namespace Cairn.Cli.Video;

/// <summary>The names that the pipeline gives and takes: datasets, videos, run ids.</summary>
internal static class VideoNames
{
    /// <summary>The dataset of a run that names none and brings no video of its own.</summary>
    public const string DemoDataset = "vda-demo";

    /// <summary>Whether a dataset may be called so: it is also the name of the graph.</summary>
    public static bool IsDataset(string name) =>
        name.Length is > 0 and <= 64
        && char.IsAsciiLetter(name[0])
        && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-');

    /// <summary>Whether a run may be called so: it becomes a folder and a part of URLs.</summary>
    public static bool IsRunId(string name) =>
        name.Length is > 0 and <= 64
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.');

    /// <summary>A dataset name from a file's stem: what is not a letter, digit, `-` or `_` becomes `-`.</summary>
    public static string DatasetFrom(string stem)
    {
        var name = Clean(stem);
        if (name.Length == 0)
            return "video";
        return char.IsAsciiLetter(name[0]) ? name : "video-" + name;
    }

    /// <summary>
    /// A video name from a file's stem. It becomes part of object names, paths in tasks and a shell's environment:
    /// blanks and what is not ASCII become `-`.
    /// </summary>
    public static string VideoFrom(string stem) => Clean(stem) is { Length: > 0 } name ? name : "video";

    /// <summary>`run-` and 8 hexadecimal digits.</summary>
    public static string RunId(uint random) => $"run-{random:x8}";

    private static string Clean(string stem)
    {
        var text = new StringBuilder(stem.Length);
        foreach (var character in stem)
            if (char.IsAsciiLetterOrDigit(character) || character == '_')
                text.Append(character);
            else if (text.Length > 0 && text[^1] != '-')
                text.Append('-');
        var name = text.ToString().Trim('-', '_');
        return name.Length <= 48 ? name : name[..48].TrimEnd('-', '_');
    }

}
