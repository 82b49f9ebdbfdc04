using System.Text.Json;
using Cairn.Engine.Programs;

namespace Cairn.Graphs.Program;

/// <summary>Makes the programs of graphs.</summary>
public sealed class GraphFamily : IProgramFamily
{
    /// <summary>The word of the language.</summary>
    public const string Word = "graph";

    /// <inheritdoc/>
    public string Kind => Word;

    /// <inheritdoc/>
    public int Version => 1;

    /// <summary>The pinned document of a definition, UTF-8 JSON.</summary>
    public static byte[] Pin(GraphDefinition definition) =>
        JsonSerializer.SerializeToUtf8Bytes(definition, GraphJson.Default.GraphDefinition);

    /// <summary>A definition of its pinned document; throws <see cref="JsonException"/> for anything else.</summary>
    public static GraphDefinition Read(ReadOnlyMemory<byte> document) =>
        JsonSerializer.Deserialize(document.Span, GraphJson.Default.GraphDefinition)
        ?? throw new JsonException("a graph's definition is an object");

    /// <inheritdoc/>
    public IProgram Load(ReadOnlyMemory<byte> definition, int version) =>
        new GraphProgram(new GraphState(Read(definition)));

    /// <inheritdoc/>
    public IProgram Restore(ReadOnlyMemory<byte> definition, int version, ReadOnlyMemory<byte> snapshot)
    {
        var state = new GraphState(Read(definition));
        GraphSnapshot.Read(snapshot).ApplyTo(state);
        return new GraphProgram(state);
    }
}
