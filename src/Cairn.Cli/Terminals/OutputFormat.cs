namespace Cairn.Cli.Terminals;

/// <summary>How data is printed.</summary>
internal enum OutputFormat
{
    /// <summary>For people: a table, plain when stdout is no terminal.</summary>
    Table,

    /// <summary>One JSON document with declared fields: what scripts hold on to.</summary>
    Json,

    /// <summary>The same document as YAML.</summary>
    Yaml,

    /// <summary>One name or id a line.</summary>
    Name,
}
