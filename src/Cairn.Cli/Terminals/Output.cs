using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Cairn.Cli.Terminals;

/// <summary>Prints one answer as data, in the format that was asked for.</summary>
internal sealed class Output(Terminal terminal, OutputFormat format)
{
    /// <summary>The format that was asked for.</summary>
    public OutputFormat Format { get; } = format;

    /// <summary>Whether a machine reads it: nothing but the document may appear on stdout.</summary>
    public bool IsDocument => Format is OutputFormat.Json or OutputFormat.Yaml;

    /// <summary>Prints a value: as a document, as names, or as the table for people.</summary>
    public void Write<T>(T value, JsonTypeInfo<T> json, Action<IAnsiConsole> table, Func<IEnumerable<string>> names)
    {
        switch (Format)
        {
            case OutputFormat.Json or OutputFormat.Yaml:
                WriteDocument(value, json);
                break;
            case OutputFormat.Name:
                foreach (var name in names())
                    terminal.Out.WriteLine(name);
                break;
            default:
                table(terminal.Data);
                break;
        }
    }

    /// <summary>Prints a value as JSON or YAML.</summary>
    public void WriteDocument<T>(T value, JsonTypeInfo<T> json) =>
        WriteDocument(JsonSerializer.SerializeToElement(value, json));

    /// <summary>Prints a document as JSON or YAML.</summary>
    public void WriteDocument(JsonElement document) =>
        terminal.Out.WriteLine(Format == OutputFormat.Yaml ? YamlText.Of(document) : Indented(document));

    private static string Indented(JsonElement document)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions
        {
            Indented = true,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
            document.WriteTo(writer);
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
