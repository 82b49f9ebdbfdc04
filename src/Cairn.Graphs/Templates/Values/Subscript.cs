namespace Cairn.Graphs.Templates.Values;

/// <summary>The sandboxed environment's <c>a.b</c> and <c>a[b]</c>.</summary>
internal static class Subscript
{
    /// <summary><c>target.name</c>: the attribute, else the item, else undefined; underscores are refused.</summary>
    public static PyValue Member(PyValue target, PyStr key, Fuel fuel)
    {
        var name = key.Value;
        if (target.Attribute(name) is { } value)
            return name[0] == '_' ? Unsafe(target, name) : value;
        if (name[0] == '_' && IsPythonAttribute(target, name))
            return Unsafe(target, name);
        return target.Item(key, fuel) ?? PyUndefined.Member(target, key);
    }

    /// <summary><c>target[key]</c>: the item, else for a string key the attribute, else undefined.</summary>
    public static PyValue Element(PyValue target, PyValue key, Fuel fuel)
    {
        if (target.Item(key, fuel) is { } item)
            return item;
        if (key is not PyStr { Value.Length: > 0 } name)
            return PyUndefined.Member(target, key);
        if (target.Attribute(name.Value) is { } value)
            return name.Value[0] == '_' ? Unsafe(target, name.Value) : value;
        return name.Value[0] == '_' && IsPythonAttribute(target, name.Value)
            ? Unsafe(target, name.Value)
            : PyUndefined.Member(target, key);
    }

    public static PyValue Slice(PyValue target, PySlice slice, Fuel fuel) => target.Slice(slice, fuel);

    public static PyUndefined Unsafe(PyValue target, string name) => new(
        $"access to attribute {StrRepr.Of(name)} of {StrRepr.Of(target.TypeName)} object is unsafe.",
        target, name, PyErrorKind.SecurityError);

    /// <summary>Names that every Python object answers to; asking for one is unsafe rather than undefined.</summary>
    public static bool IsPythonAttribute(PyValue target, string name) => name switch
    {
        "__class__" or "__doc__" or "__init__" or "__new__" or "__repr__" or "__str__" or "__hash__" or "__eq__"
            or "__ne__" or "__lt__" or "__le__" or "__gt__" or "__ge__" or "__dir__" or "__format__" or "__sizeof__"
            or "__reduce__" or "__reduce_ex__" or "__getattribute__" or "__setattr__" or "__delattr__"
            or "__init_subclass__" or "__subclasshook__" or "__getstate__" => true,
        "__len__" => target.HasLength,
        "__iter__" => target.IsIterable,
        "__getitem__" => target.HasItems,
        "__call__" => target.IsCallable,
        "__add__" => target is PyStr or PySequence or PyInteger or PyFloat or PyUndefined,
        "__contains__" => target is PyStr or PySequence or PyDict or PyRange,
        "__html__" => target is PyMarkup,
        _ => false,
    };
}
