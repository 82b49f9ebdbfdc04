using System.Text;
using Cairn.Flows.Values;
using Cairn.Platform.Secrets;

namespace Cairn.Platform.Tests.Connectors.Records;

/// <summary>Secret versions (spec/workflows.md 6.5): sealed at rest, marked in flows.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Api = "googleapis.secretmanager.v1.projects.secrets.";

    private readonly CallBench _bench = new(credentials:
    [
        new Credential(
            "hub", CredentialType.Generic, new SortedDictionary<string, string> { ["token"] = "of-the-file" }),
    ]);

    [Fact]
    public async Task An_added_version_is_read_back_marked_and_stands_nowhere_in_clear()
    {
        await Write("create", """{"parent":"projects/p","secretId":"pass","body":{}}""");
        await Write("addVersionString", """{"secret_id":"pass","project_id":"p","data":"first-value"}""");
        await Write("addVersionString", """{"secret_id":"pass","data":"second-value"}""");

        var latest = await Read("versions.accessString", """{"secret_id":"pass"}""");
        var one = (await Read("versions.access", """{"name":"projects/p/secrets/pass/versions/1"}""")).AsMap();

        Assert.Equal(("second-value", "pass"), (latest.AsText(), latest.Secret));
        var data = one.Get("payload").AsMap().Get("data");
        Assert.Equal(
            ("first-value", "pass"), (Encoding.UTF8.GetString(Convert.FromBase64String(data.AsText())), data.Secret));
        Assert.All(
            Directory.EnumerateFiles(_bench.Project.StateFolder, "records.db*"),
            file => Assert.DoesNotContain(
                "-value", Encoding.Latin1.GetString(ReadShared(file)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_credential_of_the_secrets_file_is_a_secret_with_one_version()
    {
        var value = await Read("versions.accessString", """{"secret_id":"hub","version":"latest"}""");

        Assert.Equal(("of-the-file", "hub"), (value.AsText(), value.Secret));
    }

    [Fact]
    public async Task A_destroyed_version_is_read_no_more()
    {
        await Write("create", """{"parent":"projects/p","secretId":"pass","body":{}}""");
        await Write("addVersionString", """{"secret_id":"pass","data":"x"}""");
        await Write("versions.destroy", """{"name":"projects/p/secrets/pass/versions/1"}""");

        var error = await _bench.Fault(
            "record.read", Api + "versions.access", """{"name":"projects/p/secrets/pass/versions/1"}""");

        Assert.Equal(400, error.Get("code").AsInteger());
    }

    [Theory]
    [InlineData("""{"secret_id":"none"}""")]
    [InlineData("""{"secret_id":"hub","version":"7"}""")]
    public async Task What_is_not_there_is_404(string args)
    {
        var error = await _bench.Fault("record.read", Api + "versions.accessString", args);

        Assert.Equal(404, error.Get("code").AsInteger());
    }

    public void Dispose() => _bench.Dispose();

    private Task<FlowValue> Write(string method, string args) => _bench.Call("record.write", Api + method, args);

    private Task<FlowValue> Read(string method, string args) => _bench.Call("record.read", Api + method, args);

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
