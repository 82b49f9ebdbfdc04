namespace Cairn.Platform.Stores;

/// <summary>A store could not do what it was asked. The message is for people and names the object; no stack is
/// shown.</summary>
/// <param name="fault">What kind of failure; a command's exit code follows from it.</param>
/// <param name="message">What happened.</param>
/// <param name="hint">What to do about it, or null.</param>
/// <param name="inner">The cause.</param>
public sealed class StoreException(StoreFault fault, string message, string? hint = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>What kind of failure.</summary>
    public StoreFault Fault { get; } = fault;

    /// <summary>What to do about it, or null.</summary>
    public string? Hint { get; } = hint;

    /// <summary>The exit code of a command that ends with this (design: cli, exit codes).</summary>
    public int ExitCode => Fault switch
    {
        StoreFault.BadUrl or StoreFault.BadName or StoreFault.ReadOnly or StoreFault.KeyReused => 2,
        StoreFault.NotConfigured => 3,
        StoreFault.NotFound => 4,
        StoreFault.Denied => 5,
        StoreFault.Full or StoreFault.Unreachable => 75,
        _ => 1,
    };
}

/// <summary>Kinds of failure of a store.</summary>
public enum StoreFault
{
    /// <summary>The URL cannot be read.</summary>
    BadUrl,

    /// <summary>The object's name is not allowed: it is empty, leaves the store, or holds NUL.</summary>
    BadName,

    /// <summary>The store cannot be written (http and https).</summary>
    ReadOnly,

    /// <summary>The same effect key came with another request.</summary>
    KeyReused,

    /// <summary>No client is configured for the URL's service.</summary>
    NotConfigured,

    /// <summary>There is no such object.</summary>
    NotFound,

    /// <summary>The operating system or the service denies access.</summary>
    Denied,

    /// <summary>The disk is full; nothing was changed.</summary>
    Full,

    /// <summary>The service cannot be reached now.</summary>
    Unreachable,

    /// <summary>What the index says and what lies in the folder do not fit.</summary>
    Damaged,

    /// <summary>Any other failure of input or output.</summary>
    Io,
}
