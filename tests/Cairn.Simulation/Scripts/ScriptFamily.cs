using System.Text;
using Cairn.Engine.Programs;

namespace Cairn.Simulation.Scripts;

/// <summary>Makes the programs of scripts.</summary>
internal sealed class ScriptFamily : IProgramFamily
{
    /// <inheritdoc/>
    public string Kind => "script";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IProgram Load(ReadOnlyMemory<byte> definition, int version) => new ScriptProgram(Parse(definition));

    /// <inheritdoc/>
    public IProgram Restore(ReadOnlyMemory<byte> definition, int version, ReadOnlyMemory<byte> snapshot) =>
        ScriptProgram.Restore(Parse(definition), snapshot);

    private static Script Parse(ReadOnlyMemory<byte> definition) =>
        ScriptText.Read(Encoding.UTF8.GetString(definition.Span));
}
