namespace Cairn.Platform.Secrets;

/// <summary>What a credential is for (spec/osmo.md 6.1).</summary>
public enum CredentialType
{
    /// <summary>Any pairs.</summary>
    Generic,

    /// <summary>`auth`, and perhaps `registry` and `username`: pulls images.</summary>
    Registry,

    /// <summary>`endpoint`, `access_key_id`, `access_key`, and more: reads and writes a store.</summary>
    Data,
}

/// <summary>A named credential. It prints as `[secret NAME]`, never as what it holds.</summary>
/// <param name="name">As tasks name it.</param>
/// <param name="type">What it is for.</param>
/// <param name="payload">Its values by key.</param>
public sealed class Credential(string name, CredentialType type, IReadOnlyDictionary<string, string> payload)
{
    private const string DockerHub = "docker.io";

    /// <summary>As tasks name it.</summary>
    public string Name { get; } = name;

    /// <summary>What it is for.</summary>
    public CredentialType Type { get; } = type;

    /// <summary>Its values by key.</summary>
    public IReadOnlyDictionary<string, string> Payload { get; } = payload;

    /// <summary>What it opens: a registry scope or an endpoint; null for a generic one. Unique among its
    /// type.</summary>
    public string? Profile => Type switch
    {
        CredentialType.Registry => Payload.GetValueOrDefault("registry", DockerHub).TrimEnd('/'),
        CredentialType.Data => Payload["endpoint"].TrimEnd('/'),
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => $"[secret {Name}]";
}
