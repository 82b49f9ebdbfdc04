using System.Text.RegularExpressions;
using Cairn.Platform.Projects;
using Cairn.Platform.Projects.Schema;
using YamlDotNet.RepresentationModel;

namespace Cairn.Platform.Secrets;

/// <summary>Reads and checks the credentials of a file. Its problems name keys and places, never values.</summary>
internal sealed partial class CredentialReader(string file)
{
    private readonly List<ProjectProblem> _problems = [];

    internal IReadOnlyList<ProjectProblem> Problems => _problems;

    internal List<Credential> Read(TextReader text)
    {
        var stream = new YamlStream();
        stream.Load(text);
        var credentials = new List<Credential>();
        if (stream.Documents.Count == 0)
            return credentials;
        if (stream.Documents[0].RootNode is not YamlMappingNode root)
        {
            Report(stream.Documents[0].RootNode, "expected a map of credentials by name", Example);
            return credentials;
        }

        foreach (var (key, value) in root.Children)
            if (ReadOne(key, value) is { } credential)
                credentials.Add(Unique(key, credential, credentials));
        return credentials;
    }

    private const string Example = "write: NAME: {type: GENERIC, payload: {KEY: VALUE}}";

    private Credential? ReadOne(YamlNode key, YamlNode value)
    {
        var name = (key as YamlScalarNode)?.Value ?? "";
        if (!NameForm().IsMatch(name))
            Report(key, $"Invalid name: {name}. Follow regex: {NameForm()}");
        if (value is not YamlMappingNode map)
        {
            Report(key, $"{name}: expected a map with type and payload", Example);
            return null;
        }

        foreach (var (other, _) in map.Children)
            if ((other as YamlScalarNode)?.Value is not ("type" or "payload"))
                Report(other, $"{name}: only type and payload are known here", Example);
        var type = Type(name, map);
        if (map.Value("payload") is not YamlMappingNode { Children.Count: > 0 } pairs)
        {
            Report(key, $"{name}: payload is missing", Example);
            return null;
        }

        var payload = Payload(name, pairs);
        return type is { } known && Fits(name, known, pairs, payload) ? new Credential(name, known, payload) : null;
    }

    private CredentialType? Type(string name, YamlMappingNode map)
    {
        if (map.Value("type") is not { } written)
            return CredentialType.Generic;
        switch (CoreSchema.Text(written))
        {
            case "GENERIC":
                return CredentialType.Generic;
            case "REGISTRY":
                return CredentialType.Registry;
            case "DATA":
                return CredentialType.Data;
            default:
                Report(written, $"{name}: type is one of GENERIC, REGISTRY, DATA");
                return null;
        }
    }

    private SortedDictionary<string, string> Payload(string name, YamlMappingNode pairs)
    {
        var payload = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in pairs.Children)
        {
            var word = (key as YamlScalarNode)?.Value ?? "";
            if (!KeyForm().IsMatch(word))
                Report(key, $"{name}: payload key \"{word}\" must be a plain file name");
            else if (value is YamlScalarNode { Value: { Length: > 0 } text } && !CoreSchema.IsNull(value))
                payload[word] = text;
            else
                Report(value, $"{name}.{word}: expected a text that is not empty");
        }

        return payload;
    }

    private bool Fits(
        string name, CredentialType type, YamlMappingNode pairs, SortedDictionary<string, string> payload)
    {
        (string[] needed, string[] optional) = type switch
        {
            CredentialType.Registry => (["auth"], ["registry", "username"]),
            CredentialType.Data => (
                ["endpoint", "access_key_id", "access_key"], ["region", "override_url", "addressing_style"]),
            _ => (Array.Empty<string>(), Array.Empty<string>()),
        };
        if (type == CredentialType.Generic)
            return true;
        var before = _problems.Count;
        foreach (var key in needed.Where(key => !pairs.Children.ContainsKey(new YamlScalarNode(key))))
            Report(pairs, $"{name}: {key} is missing");
        foreach (var (key, _) in pairs.Children)
            if ((key as YamlScalarNode)?.Value is { } word && !needed.Contains(word) && !optional.Contains(word))
                Report(key, $"{name}: unknown payload key {word}",
                    $"known: {string.Join(", ", needed.Concat(optional))}");
        if (payload.TryGetValue("addressing_style", out var style) && style is not ("virtual" or "path" or "auto"))
            Report(pairs, $"{name}: addressing_style is one of virtual, path, auto");
        if (payload.TryGetValue("endpoint", out var endpoint) && !EndpointForm().IsMatch(endpoint))
            Report(
                pairs, $"{name}: Endpoint must use one of: swift://, s3://, gs://, tos://, azure://",
                "use override_url for HTTP URLs");
        return _problems.Count == before && needed.All(payload.ContainsKey);
    }

    private Credential Unique(YamlNode key, Credential credential, List<Credential> before)
    {
        if (credential.Profile is { } profile
            && before.Find(other => other.Type == credential.Type && other.Profile == profile) is { } first)
            Report(key, $"{credential.Name}: {first.Name} is for {profile} already");
        return credential;
    }

    private void Report(YamlNode node, string message, string? hint = null) =>
        _problems.Add(new ProjectProblem(message, file, (int)node.Start.Line, (int)node.Start.Column, hint));

    [GeneratedRegex(@"^[a-zA-Z]([a-zA-Z0-9_-]*[a-zA-Z0-9])?$")]
    private static partial Regex NameForm();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9._-]*\z")]
    private static partial Regex KeyForm();

    [GeneratedRegex(@"\A(swift|s3|gs|tos|azure)://.+")]
    private static partial Regex EndpointForm();
}
