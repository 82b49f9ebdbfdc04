using System.Text;
using System.Text.Json.Nodes;
using Cairn.Engine.Secrets;
using Cairn.Flows.Values;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Connectors.Storage;
using Cairn.Platform.Secrets;

namespace Cairn.Platform.Connectors.SecretVersions;

/// <summary>
/// `googleapis.secretmanager.v1`: versions that flows add are sealed in the records; a name that has none is looked for
/// among the project's credentials, whose only value is then its version 1. Values come back marked (architecture
/// 3.10).
/// </summary>
internal sealed class SecretMethods(RecordBook book, SecretVault vault, Func<Credentials> credentials)
{
    private const string Api = "googleapis.secretmanager.v1.projects.secrets.";
    private const string Secret = "secret";
    private const string Version = "secret.version";
    private const string SecretForm = "projects/*/secrets/*";
    private const string VersionForm = SecretForm + "/versions/*";

    /// <summary>The methods that only look.</summary>
    public CallTable Reads => new()
    {
        [Api + "get"] = (call, _) => Done(CodedJson.Of(Describe(Checked(call, "name", SecretForm)))),
        [Api + "list"] = (call, _) => Done(RecordPages.List(
            book, call.Arguments, "secrets", Secret, "", static record => record.Value)),
        [Api + "versions.get"] = (call, _) => Done(CodedJson.Of(Shown(Find(Checked(call, "name", VersionForm))))),
        [Api + "versions.list"] = (call, _) => Done(RecordPages.List(
            book, call.Arguments, "versions", Version, Key(Checked(call, "parent", SecretForm)) + "/",
            static record => Shown((record.Name, record.Value)))),
        [Api + "versions.access"] = (call, _) => Done(Access(Checked(call, "name", VersionForm))),
        [Api + "versions.accessString"] = (call, _) => Done(AccessText(call)),
    };

    /// <summary>The methods that change something.</summary>
    public CallTable Writes => new()
    {
        [Api + "create"] = (call, _) => Done(Create(call)),
        [Api + "delete"] = (call, _) => Done(Delete(call)),
        [Api + "addVersion"] = (call, _) => Done(Add(call)),
        [Api + "addVersionString"] = (call, _) => Done(AddText(call)),
        [Api + "versions.destroy"] = (call, _) => Done(Destroy(call)),
    };

    private FlowValue Create(Call call)
    {
        var name = $"{call.Arguments.Required("parent")}/secrets/{call.Arguments.Required("secretId")}";
        ResourcePath.Parts(name, SecretForm);
        var body = call.Arguments.Body();
        body["name"] = name;
        return book.Once(call, rows =>
        {
            body["createTime"] = Times.Text(rows.Now);
            return CodedJson.Of(rows.Add(Secret, Key(name), body).Value);
        });
    }

    private FlowValue Delete(Call call)
    {
        var name = Checked(call, "name", SecretForm);
        return book.Once(call, rows =>
        {
            if (!rows.Remove(Secret, Key(name)))
                throw Missing(name);
            foreach (var version in rows.List(Version, Key(name) + "/", "", int.MaxValue))
                rows.Remove(Version, version.Name);
            return FlowValue.Of(FlowMap.Empty);
        });
    }

    private FlowValue Add(Call call)
    {
        var data = call.Arguments.Raw("body") is { Kind: FlowKind.Map } body
            && body.AsMap().Get("payload") is { Kind: FlowKind.Map } payload
            ? payload.AsMap().Get("data")
            : FlowValue.Null;
        if (data.Kind != FlowKind.String || !Convert.TryFromBase64String(
            data.AsText(), new byte[data.AsText().Length], out _))
            throw CallFault.Bad("payload.data should be base64: use base64.encode(text.encode(…))");
        return Add(call, Checked(call, "parent", SecretForm), Convert.FromBase64String(data.AsText()));
    }

    private FlowValue AddText(Call call) =>
        Add(call, NameOf(call), Encoding.UTF8.GetBytes(call.Arguments.Required("data")));

    private FlowValue Add(Call call, string name, byte[] value) => book.Once(call, rows =>
    {
        if (rows.Find(Secret, Key(name)) is null)
            throw Missing(name);
        var number = rows.List(Version, Key(name) + "/", "", int.MaxValue).Count + 1;
        // Twelve digits: names sort as numbers do.
        var version = new JsonObject
        {
            ["name"] = $"{name}/versions/{number}",
            ["createTime"] = Times.Text(rows.Now),
            ["state"] = "ENABLED",
            ["sealed"] = vault.Seal(Key(name), value),
        };
        rows.Put(Version, $"{Key(name)}/{number:D12}", version);
        return CodedJson.Of(Shown((name, version)));
    });

    private FlowValue Destroy(Call call)
    {
        var name = Checked(call, "name", VersionForm);
        return book.Once(call, rows =>
        {
            var (stored, version) = Stored(rows, name) ?? throw Missing(name);
            version["state"] = "DESTROYED";
            version["destroyTime"] = Times.Text(rows.Now);
            version.Remove("sealed");
            rows.Put(Version, stored, version);
            return CodedJson.Of(Shown((stored, version)));
        });
    }

    private FlowValue AccessText(Call call)
    {
        var version = call.Arguments.Text("version") ?? "latest";
        var (name, value) = Value($"{NameOf(call)}/versions/{version}");
        return FlowValue.Of(Encoding.UTF8.GetString(value)).WithSecret(Short(name));
    }

    private FlowValue Access(string asked)
    {
        var (name, value) = Value(asked);
        return FlowValue.Of(FlowMap.Of(
            ("name", FlowValue.Of(name)),
            ("payload", FlowValue.Of(FlowMap.Of(
                ("data", FlowValue.Of(Convert.ToBase64String(value)).WithSecret(Short(name))),
                ("dataCrc32c", FlowValue.Of($"{ObjectContent.Crc32COf(value)}")))))));
    }

    private (string Name, byte[] Value) Value(string name)
    {
        var (_, version) = Find(name);
        if ((string?)version["state"] != "ENABLED")
            throw CallFault.Api(
                400, "FAILED_PRECONDITION", "failedPrecondition", $"Secret Version [{name}] is in DESTROYED state.");
        return ((string)version["name"]!, version["sealed"] is { } text
            ? vault.Unseal(Key(name), text.GetValue<string>())
            : Encoding.UTF8.GetBytes(Credential(name)!));
    }

    private (string Name, JsonObject Value) Find(string name) =>
        book.Read(rows => Stored(rows, name)) ?? (Credential(name) is not null
            ? (name, new JsonObject { ["name"] = Latest(name, 1), ["state"] = "ENABLED" })
            : throw Missing(name));

    private static (string Name, JsonObject Value)? Stored(RecordRows rows, string name)
    {
        var (parent, version) = (Key(name) + "/", name[(name.LastIndexOf('/') + 1)..]);
        var found = version == "latest"
            ? rows.List(Version, parent, "", int.MaxValue).LastOrDefault(
                one => (string?)one.Value["state"] == "ENABLED")
            : long.TryParse(version, out var number) ? rows.Find(Version, $"{parent}{number:D12}") : null;
        return found is null ? null : (found.Name, found.Value);
    }

    // A credential of the secrets file with one value, as version 1.
    private string? Credential(string name)
    {
        var parts = ResourcePath.Parts(name, VersionForm);
        var payload = parts[2] is "latest" or "1" ? credentials().Payload(parts[1]) : null;
        return payload?.Count == 1 ? payload.Values.Single() : null;
    }

    private JsonObject Describe(string name) => book.Read(rows => rows.Find(Secret, Key(name)))?.Value
        ?? (Credential(name + "/versions/latest") is not null ? new JsonObject { ["name"] = name }
            : throw Missing(name));

    private static JsonObject Shown((string Name, JsonObject Value) version)
    {
        var shown = (JsonObject)version.Value.DeepClone();
        shown.Remove("sealed");
        return shown;
    }

    private static string Latest(string name, int number) => $"{name[..name.LastIndexOf('/')]}/{number}";

    private static string Short(string name) => name.Split('/')[3];

    // One machine is one project, whatever a flow calls it: a helper that names none must find what another one made.
    private static string Key(string name) => Short(name);

    private static string NameOf(Call call) =>
        $"projects/{call.Arguments.Text("project_id") ?? "-"}/secrets/{call.Arguments.Required("secret_id")}";

    private static string Checked(Call call, string argument, string form)
    {
        var name = call.Arguments.Required(argument);
        ResourcePath.Parts(name, form);
        return name;
    }

    private static CallFault Missing(string name) =>
        CallFault.NotFound($"Secret [{name}] not found or has no versions.");

    private static ValueTask<FlowValue> Done(FlowValue value) => ValueTask.FromResult(value);
}
