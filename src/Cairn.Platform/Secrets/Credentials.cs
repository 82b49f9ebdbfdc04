namespace Cairn.Platform.Secrets;

/// <summary>All credentials of a machine's user.</summary>
/// <param name="all">In the order of their file; names are unique.</param>
public sealed class Credentials(IReadOnlyList<Credential> all)
{
    /// <summary>In the order of their file.</summary>
    public IReadOnlyList<Credential> All { get; } = all;

    /// <summary>Hides their values in logs.</summary>
    public SecretMask Mask { get; } = new(all);

    /// <summary>A credential by its name, whatever its type (spec/osmo.md 6.3), or null.</summary>
    public Credential? Find(string name) => All.FirstOrDefault(one => one.Name == name);

    /// <summary>The payload of a credential, or null when there is none of that name.</summary>
    public IReadOnlyDictionary<string, string>? Payload(string name) => Find(name)?.Payload;
}
