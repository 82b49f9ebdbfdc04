using System.Buffers;
using Cairn.Engine.Programs;

namespace Cairn.Simulation.PlantedBugs;

/// <summary>Programs whose snapshot is the one that they made the time before.</summary>
internal sealed class SavedTooEarly(IProgramFamily inner) : IProgramFamily
{
    /// <inheritdoc/>
    public string Kind => inner.Kind;

    /// <inheritdoc/>
    public int Version => inner.Version;

    /// <inheritdoc/>
    public IProgram Load(ReadOnlyMemory<byte> definition, int version) =>
        new Program(inner.Load(definition, version));

    /// <inheritdoc/>
    public IProgram Restore(ReadOnlyMemory<byte> definition, int version, ReadOnlyMemory<byte> snapshot) =>
        new Program(inner.Restore(definition, version, snapshot));

    private sealed class Program(IProgram program) : IProgram
    {
        private byte[]? _before;

        public Advanced Advance(RunEvent happened, Turn turn) => program.Advance(happened, turn);

        public void Save(IBufferWriter<byte> snapshot)
        {
            var now = new ArrayBufferWriter<byte>();
            program.Save(now);
            snapshot.Write(_before ?? now.WrittenSpan);
            _before = now.WrittenSpan.ToArray();
        }

        public void Describe(IBufferWriter<byte> json) => program.Describe(json);
    }
}
