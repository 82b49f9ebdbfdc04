using Cairn.Engine.Programs;
using Cairn.Engine.Secrets;
using Cairn.Flows.Compiling;

namespace Cairn.Flows.Program;

/// <summary>Makes the programs of flows.</summary>
/// <param name="vault">Opens the vault for marked values when the first one appears; null: there is no key.</param>
public sealed class FlowFamily(Func<SecretVault>? vault = null) : IProgramFamily
{
    /// <summary>The word of the language.</summary>
    public const string Word = "flow";

    private const int Kept = 64;
    private readonly Lock _lock = new();

    // Runs of one flow share its code; the newest is last.
    private readonly List<(ReadOnlyMemory<byte> Document, FlowDefinition Definition, FlowCode Code)> _known = [];

    /// <inheritdoc/>
    public string Kind => Word;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IProgram Load(ReadOnlyMemory<byte> definition, int version)
    {
        var (document, code) = Compiled(definition);
        return new FlowProgram(new FlowState(document, code, vault));
    }

    /// <inheritdoc/>
    public IProgram Restore(ReadOnlyMemory<byte> definition, int version, ReadOnlyMemory<byte> snapshot)
    {
        var (document, code) = Compiled(definition);
        var state = new FlowState(document, code, vault);
        FlowSnapshot.Read(snapshot, state);
        return new FlowProgram(state);
    }

    private (FlowDefinition Definition, FlowCode Code) Compiled(ReadOnlyMemory<byte> pinned)
    {
        lock (_lock)
        {
            var place = _known.FindIndex(known => known.Document.Span.SequenceEqual(pinned.Span));
            if (place >= 0)
                return (_known[place].Definition, _known[place].Code);
            var definition = FlowDefinition.Read(pinned);
            var outcome = FlowCompiler.Compile(new FlowSource(definition.File, definition.Source), definition.Options);
            if (outcome.Flow is not { } flow)
                throw new InvalidOperationException(
                    $"the flow of this run is refused by this version: {outcome.Errors[0].Message}");
            if (_known.Count == Kept)
                _known.RemoveAt(0);
            _known.Add((pinned.ToArray(), definition, flow.Code));
            return (definition, flow.Code);
        }
    }
}
