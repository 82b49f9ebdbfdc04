namespace Cairn.Platform.Executors.Local;

/// <summary>The payload of a credential by its name, or null when it is not registered.</summary>
public delegate IReadOnlyDictionary<string, string>? CredentialLookup(string name);
