namespace Cairn.Cli.Commands.Lint;

/// <summary>How findings are printed.</summary>
internal enum LintFormat
{
    /// <summary>For people: place, message, the source line with a caret, the hint.</summary>
    Text,

    /// <summary>One JSON document with declared fields.</summary>
    Json,

    /// <summary>SARIF 2.1.0, as code hosts read it.</summary>
    Sarif,
}
