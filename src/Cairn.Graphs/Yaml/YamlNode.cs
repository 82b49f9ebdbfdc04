using System.Numerics;

namespace Cairn.Graphs.Yaml;

/// <summary>A value as PyYAML's safe loader reads it, with the place it stands at. Closed.</summary>
internal abstract record YamlNode(Mark Mark)
{
    /// <summary>How many nodes it is when every alias is written out.</summary>
    public virtual long Weight => 1;

    /// <summary>None.</summary>
    public sealed record Null(Mark Mark) : YamlNode(Mark);

    /// <summary>True or False.</summary>
    public sealed record Bool(Mark Mark, bool Value) : YamlNode(Mark);

    /// <summary>An int of any size.</summary>
    public sealed record Integer(Mark Mark, BigInteger Value) : YamlNode(Mark);

    /// <summary>A float.</summary>
    public sealed record Float(Mark Mark, double Value) : YamlNode(Mark);

    /// <summary>
    /// A string. <paramref name="Expression"/>: the second pass made it from a scalar that was one expression; where no
    /// string is wanted it is read again as YAML.
    /// </summary>
    public sealed record Text(Mark Mark, string Value, bool Expression = false) : YamlNode(Mark)
    {
        /// <summary>The file that it was read from, when a `localpath` brought it.</summary>
        public string? File { get; init; }
    }

    /// <summary>A date, or a date and time; <paramref name="Value"/> is Python's own text of it.</summary>
    public sealed record Moment(Mark Mark, string Value) : YamlNode(Mark);

    /// <summary>What `!!binary` holds.</summary>
    public sealed record Bytes(Mark Mark, byte[] Value) : YamlNode(Mark);

    /// <summary>A sequence.</summary>
    public sealed record List(Mark Mark, IReadOnlyList<YamlNode> Items) : YamlNode(Mark)
    {
        /// <inheritdoc/>
        public override long Weight { get; } = Items.Aggregate(1L, (sum, item) => Capped(sum + item.Weight));
    }

    /// <summary>A mapping in Python's order: a repeated key keeps its first place and its last value.</summary>
    public sealed record Map(Mark Mark, IReadOnlyList<YamlEntry> Entries) : YamlNode(Mark)
    {
        /// <inheritdoc/>
        public override long Weight { get; } =
            Entries.Aggregate(1L, (sum, entry) => Capped(sum + 1 + entry.Value.Weight));

        /// <summary>The value of a string key, or null.</summary>
        public YamlNode? this[string key]
        {
            get
            {
                // By index: an enumerator of the interface would be made for every field of every mapping.
                for (var i = 0; i < Entries.Count; i++)
                    if (Entries[i].Key is Text text && text.Value == key)
                        return Entries[i].Value;
                return null;
            }
        }
    }

    private static long Capped(long weight) => Math.Min(weight, long.MaxValue / 4);
}

/// <summary>A key and its value.</summary>
internal sealed record YamlEntry(YamlNode Key, YamlNode Value);
