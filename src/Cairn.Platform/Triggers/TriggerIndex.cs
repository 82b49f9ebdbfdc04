using Cairn.Platform.Triggers.Patterns;

namespace Cairn.Platform.Triggers;

/// <summary>
/// Finds the triggers that a happening may fire without looking at all of them: object triggers by store and by the
/// parts of their path patterns, events by type.
/// </summary>
public sealed class TriggerIndex
{
    private readonly Dictionary<string, Node> _stores = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Trigger>> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Trigger> _ids = new(StringComparer.Ordinal);

    /// <summary>An index of these triggers.</summary>
    public TriggerIndex(IReadOnlyList<Trigger> triggers)
    {
        All = triggers;
        foreach (var trigger in triggers)
            Add(trigger);
    }

    /// <summary>All of them, in the order of the file.</summary>
    public IReadOnlyList<Trigger> All { get; }

    /// <summary>A trigger by its id, or null.</summary>
    public Trigger? Find(string id) => _ids.GetValueOrDefault(id);

    /// <summary>Those that may fire; all others certainly do not.</summary>
    public IReadOnlyList<Trigger> Candidates(Happening happened)
    {
        switch (happened)
        {
            case Happening.Stored stored when _stores.TryGetValue(stored.Store, out var root):
                var found = new List<Trigger>();
                Collect(root, stored.Key.Split('/'), 0, found);
                return found;
            case Happening.Received received:
                return _types.GetValueOrDefault(received.Message.Type) ?? [];
            case Happening.Due due:
                return Find(due.Trigger) is { } planned ? [planned] : [];
            default:
                return [];
        }
    }

    private void Add(Trigger trigger)
    {
        _ids.Add(trigger.Id, trigger);
        switch (trigger.Cause)
        {
            case TriggerCause.Objects { Pattern: NamePattern.Path path } objects:
                var node = Root(objects.Store);
                foreach (var part in path.Template.Parts)
                {
                    if (part is PathPart.Deep)
                    {
                        node.Deeper.Add(trigger);
                        return;
                    }

                    node = part is PathPart.Literal literal ? node.Child(literal.Text) : node.Any ??= new Node();
                }

                node.Ends.Add(trigger);
                break;
            case TriggerCause.Objects objects:
                Root(objects.Store).Deeper.Add(trigger);
                break;
            case TriggerCause.Events events:
                if (!_types.TryGetValue(events.Type, out var list))
                    _types.Add(events.Type, list = []);
                list.Add(trigger);
                break;
        }
    }

    private Node Root(string store)
    {
        if (!_stores.TryGetValue(store, out var root))
            _stores.Add(store, root = new Node());
        return root;
    }

    private static void Collect(Node node, string[] names, int at, List<Trigger> found)
    {
        found.AddRange(node.Deeper);
        if (at == names.Length)
        {
            found.AddRange(node.Ends);
            return;
        }

        if (node.Children.TryGetValue(names[at], out var child))
            Collect(child, names, at + 1, found);
        if (node.Any is { } any)
            Collect(any, names, at + 1, found);
    }

    private sealed class Node
    {
        internal Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        internal Node? Any { get; set; }

        /// <summary>Patterns that go on with `**`, or are regular expressions.</summary>
        internal List<Trigger> Deeper { get; } = [];

        /// <summary>Patterns that end here.</summary>
        internal List<Trigger> Ends { get; } = [];

        internal Node Child(string name)
        {
            if (!Children.TryGetValue(name, out var child))
                Children.Add(name, child = new Node());
            return child;
        }
    }
}
