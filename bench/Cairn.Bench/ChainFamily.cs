using System.Buffers;
using System.Buffers.Binary;
using Cairn.Engine.Programs;
using Cairn.Engine.Runs;

namespace Cairn.Bench;

/// <summary>
/// The smallest program that can be measured: rounds of effects, each round as wide as said. The definition is three
/// numbers: rounds, width, bytes of a request. Width 0 spins for ever.
/// </summary>
internal sealed class ChainFamily : IProgramFamily
{
    public string Kind => "chain";

    public int Version => 1;

    public static byte[] Define(int rounds, int width, int requestBytes)
    {
        var definition = new byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(definition, rounds);
        BinaryPrimitives.WriteInt32LittleEndian(definition.AsSpan(4), width);
        BinaryPrimitives.WriteInt32LittleEndian(definition.AsSpan(8), requestBytes);
        return definition;
    }

    public IProgram Load(ReadOnlyMemory<byte> definition, int version) => new Chain(definition.Span, 0, 0);

    public IProgram Restore(ReadOnlyMemory<byte> definition, int version, ReadOnlyMemory<byte> snapshot) =>
        new Chain(
            definition.Span, BinaryPrimitives.ReadInt32LittleEndian(snapshot.Span),
            BinaryPrimitives.ReadInt32LittleEndian(snapshot.Span[4..]));

    private sealed class Chain(ReadOnlySpan<byte> definition, int round, int open) : IProgram
    {
        private readonly int _rounds = BinaryPrimitives.ReadInt32LittleEndian(definition);
        private readonly int _width = BinaryPrimitives.ReadInt32LittleEndian(definition[4..]);
        private readonly byte[] _request = new byte[BinaryPrimitives.ReadInt32LittleEndian(definition[8..])];
        private int _round = round;
        private int _open = open;
        private int _unasked;
        private long _spins;

        public Advanced Advance(RunEvent happened, Turn turn)
        {
            while (_width == 0)
            {
                _spins++;
                if (!turn.Burn()) return Advanced.OutOfFuel;
            }

            if (happened is RunEvent.Continued) return AskRest(turn);
            if (happened is RunEvent.Reported && --_open > 0) return Advanced.Done;
            if (_round++ == _rounds)
            {
                turn.End("DONE", Outcome.Succeeded, default);
                return Advanced.Done;
            }

            _open = _unasked = _width;
            return AskRest(turn);
        }

        public void Save(IBufferWriter<byte> snapshot)
        {
            var span = snapshot.GetSpan(8);
            BinaryPrimitives.WriteInt32LittleEndian(span, _round);
            BinaryPrimitives.WriteInt32LittleEndian(span[4..], _open);
            snapshot.Advance(8);
        }

        private Advanced AskRest(Turn turn)
        {
            for (; _unasked > 0; _unasked--)
            {
                if (!turn.Burn()) return Advanced.OutOfFuel;
                turn.Ask(new Ask("echo", _request));
            }

            return Advanced.Done;
        }

        public void Describe(IBufferWriter<byte> json) => json.Write("{}"u8);
    }
}
