using System.Numerics;

namespace Cairn.Flows.Values;

/// <summary>
/// The positions of keys: an immutable tree over the bits of their hashes, five at a time. It is only ever asked for a
/// key; nothing walks it, so that the order of hashes is seen nowhere.
/// </summary>
internal sealed class FlowMapIndex
{
    private const int Bits = 5;
    private const int HashBits = 32;
    private readonly Node? _root;

    private FlowMapIndex(Node? root, bool isCaseFolding) => (_root, IsCaseFolding) = (root, isCaseFolding);

    public bool IsCaseFolding { get; }

    private StringComparer Comparer => IsCaseFolding ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public static FlowMapIndex Empty(bool isCaseFolding) => new(null, isCaseFolding);

    /// <summary>The position of a key, or -1.</summary>
    public int Find(string key)
    {
        var hash = HashOf(key);
        object? at = _root;
        for (var shift = 0; at is Node node; shift += Bits)
            at = node.Child(hash, shift);
        for (var leaf = at as Leaf; leaf is not null; leaf = leaf.Next)
        {
            if (leaf.Hash == hash && Comparer.Equals(leaf.Key, key))
                return leaf.Position;
        }

        return -1;
    }

    /// <summary>The index with one more key, which must not be there yet.</summary>
    public FlowMapIndex With(string key, int position)
    {
        var leaf = new Leaf(key, HashOf(key), position, null);
        return new FlowMapIndex(_root is null ? Node.Of(leaf, 0) : Add(_root, leaf, 0), IsCaseFolding);
    }

    /// <summary>The index without a key that is there.</summary>
    public FlowMapIndex Without(string key) => new(Remove(_root!, HashOf(key), key, 0), IsCaseFolding);

    private uint HashOf(string key) => (uint)Comparer.GetHashCode(key);

    private static Node Add(Node node, Leaf leaf, int shift)
    {
        switch (node.Child(leaf.Hash, shift))
        {
            case null:
                return node.With(leaf.Hash, shift, leaf);
            case Node child:
                return node.With(leaf.Hash, shift, Add(child, leaf, shift + Bits));
            case Leaf other when other.Hash == leaf.Hash || shift + Bits >= HashBits + Bits:
                return node.With(leaf.Hash, shift, leaf with { Next = other });
            case Leaf other:
                return node.With(leaf.Hash, shift, Add(Node.Of(other, shift + Bits), leaf, shift + Bits));
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private Node? Remove(Node node, uint hash, string key, int shift)
    {
        object? rest = node.Child(hash, shift) switch
        {
            Node child => Remove(child, hash, key, shift + Bits),
            Leaf leaf => Remove(leaf, key),
            _ => null,
        };
        return rest is null ? node.Without(hash, shift) : node.With(hash, shift, rest);
    }

    private Leaf? Remove(Leaf leaf, string key)
    {
        if (Comparer.Equals(leaf.Key, key))
            return leaf.Next;
        return leaf.Next is null ? leaf : leaf with { Next = Remove(leaf.Next, key) };
    }

    /// <summary>A key and its position, and the next key of the same hash.</summary>
    private sealed record Leaf(string Key, uint Hash, int Position, Leaf? Next);

    /// <summary>Up to 32 children, of which only those that are there have a place.</summary>
    private sealed class Node(uint map, object[] children)
    {
        public static Node Of(Leaf leaf, int shift) => new(BitOf(leaf.Hash, shift), [leaf]);

        public object? Child(uint hash, int shift)
        {
            var bit = BitOf(hash, shift);
            return (map & bit) == 0 ? null : children[Place(bit)];
        }

        public Node With(uint hash, int shift, object child)
        {
            var bit = BitOf(hash, shift);
            var place = Place(bit);
            if ((map & bit) == 0)
                return new Node(map | bit, [.. children[..place], child, .. children[place..]]);
            var copy = (object[])children.Clone();
            copy[place] = child;
            return new Node(map, copy);
        }

        public Node? Without(uint hash, int shift)
        {
            var bit = BitOf(hash, shift);
            var place = Place(bit);
            return children.Length == 1
                ? null
                : new Node(map & ~bit, [.. children[..place], .. children[(place + 1)..]]);
        }

        private static uint BitOf(uint hash, int shift) => 1u << (int)((hash >> shift) & 31);

        private int Place(uint bit) => BitOperations.PopCount(map & (bit - 1));
    }
}
