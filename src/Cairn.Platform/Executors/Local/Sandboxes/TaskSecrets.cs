using Cairn.Graphs.Tasks;

namespace Cairn.Platform.Executors.Local.Sandboxes;

/// <summary>The values of a task's credentials; held only while its command is being started.</summary>
/// <param name="Variables">For its environment.</param>
/// <param name="Files">Absolute path and content.</param>
internal sealed record TaskSecrets(IReadOnlyList<NameValue> Variables, IReadOnlyList<NameValue> Files)
{
    /// <summary>None.</summary>
    public static TaskSecrets None { get; } = new([], []);

    /// <summary>
    /// What a task's credentials stand for. One that is not registered is dropped with a word in
    /// <paramref name="missing"/> (spec/vda.md 12); a key that it does not have is an error.
    /// </summary>
    /// <exception cref="TaskStartException">An unknown payload key.</exception>
    public static TaskSecrets Of(TaskOrder order, CredentialLookup lookup, List<string> missing)
    {
        var variables = new List<NameValue>();
        var files = new List<NameValue>();
        foreach (var credential in order.Credentials)
        {
            if (lookup(credential.Name) is not { } payload)
            {
                missing.Add(credential.Name);
                continue;
            }

            if (credential.Folder is { } folder)
                foreach (var (key, value) in payload)
                    files.Add(new NameValue($"{folder.TrimEnd('/')}/{key}", value));
            foreach (var (name, key) in credential.Variables)
                variables.Add(new NameValue(name, payload.TryGetValue(key, out var value)
                    ? value
                    : throw new TaskStartException(
                        $"{key} is not a valid credential key please choose from {string.Join(", ", payload.Keys)}")));
        }

        return new TaskSecrets(variables, files);
    }
}
