namespace Cairn.Flows.Values;

/// <summary>How the marks of secrets spread (architecture 3.10).</summary>
internal static class SecretMarks
{
    /// <summary>The value with the mark on every scalar in it; see <see cref="FlowValue.WithSecret"/>.</summary>
    public static FlowValue Mark(FlowValue value, string name)
    {
        switch (value.Kind)
        {
            case FlowKind.String or FlowKind.Bytes or FlowKind.Integer or FlowKind.Double:
                return FlowValue.Tagged(value.Plain, Join(value.Secret, name), value.IsCaughtText);
            case FlowKind.List:
                return FlowValue.Of(FlowList.Of(Array.ConvertAll(value.AsList().ToArray(), item => Mark(item, name))));
            case FlowKind.Map:
                var builder = new FlowMapBuilder(value.AsMap().Count, value.AsMap().IsCaseFolding);
                foreach (var (key, item) in value.AsMap())
                    builder.Set(key, Mark(item, name));
                return FlowValue.Of(builder.ToMap());
            default:
                return value;
        }
    }

    /// <summary>The names of two marks together, each once, in order.</summary>
    public static string Join(string? left, string right)
    {
        if (left is null || left == right)
            return right;
        var names = new SortedSet<string>(left.Split(", "), StringComparer.Ordinal);
        names.UnionWith(right.Split(", "));
        return string.Join(", ", names);
    }

    /// <summary>The marks of all scalars in a value, or null.</summary>
    public static string? Within(FlowValue value)
    {
        switch (value.Kind)
        {
            case FlowKind.List:
                string? names = null;
                foreach (var item in value.AsList())
                    names = Within(item) is { } more ? Join(names, more) : names;
                return names;
            case FlowKind.Map:
                string? all = null;
                foreach (var (_, item) in value.AsMap())
                    all = Within(item) is { } more ? Join(all, more) : all;
                return all;
            default:
                return value.Secret;
        }
    }
}
