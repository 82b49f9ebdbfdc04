using Cairn.Platform.Secrets;
using Cairn.Platform.Tests.Stores;

namespace Cairn.Platform.Tests.Secrets;

public sealed class SecretsFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Credentials_of_all_types_are_found_by_name()
    {
        var secrets = Read("""
            nvcr_io: {type: REGISTRY, payload: {registry: registry.example, username: $oauthtoken, auth: sesame-open}}
            hf_token: {payload: {token: 0123}}
            bucket: {type: DATA, payload: {endpoint: "s3://acme/", access_key_id: id, access_key: a-long-key}}
            """);

        Assert.Equal("sesame-open", secrets.Payload("nvcr_io")!["auth"]);
        Assert.Equal("0123", secrets.Payload("hf_token")!["token"]);
        Assert.Equal(CredentialType.Generic, secrets.Find("hf_token")!.Type);
        Assert.Equal(
            ["registry.example", null, "s3://acme"], secrets.All.Select(credential => credential.Profile));
        Assert.Null(secrets.Payload("other"));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite)]
    public void A_file_that_others_may_use_is_refused(UnixFileMode mode)
    {
        var failure = Assert.Throws<SecretsException>(() => Read("a: {payload: {k: v}}", mode));

        Assert.True(failure.IsUnsafe);
        Assert.Equal($"chmod 600 {_folder.At("secrets.yaml")}", failure.Problems[0].Hint);
    }

    [Fact]
    public void A_file_of_somebody_else_is_refused()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can give a file away");
        var file = _folder.Write("secrets.yaml", "a: {payload: {k: v}}");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (var chown = System.Diagnostics.Process.Start("chown", ["65534", file]))
            chown.WaitForExit();

        var failure = Assert.Throws<SecretsException>(() => SecretsFile.Load(file, required: true));

        Assert.True(failure.IsUnsafe);
        Assert.Contains("owned by user 65534", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_holds_nothing_unless_it_was_named()
    {
        Assert.Empty(SecretsFile.Load(_folder.At("none"), required: false).All);
        Assert.Throws<SecretsException>(() => SecretsFile.Load(_folder.At("none"), required: true));
    }

    [Theory]
    [InlineData("[1]", "expected a map of credentials by name")]
    [InlineData("a: TOPSECRETVALUE", "a: expected a map with type and payload")]
    [InlineData("1a: {payload: {k: TOPSECRETVALUE}}", "Invalid name: 1a.")]
    [InlineData("a: {payload: {}}", "a: payload is missing")]
    [InlineData("a: {payload: {k: [TOPSECRETVALUE]}}", "a.k: expected a text that is not empty")]
    [InlineData("a: {payload: {k: }}", "a.k: expected a text that is not empty")]
    [InlineData("a: {payload: {../k: TOPSECRETVALUE}}", "a: payload key \"../k\" must be a plain file name")]
    [InlineData("a: {type: TOKEN, payload: {k: TOPSECRETVALUE}}", "a: type is one of GENERIC, REGISTRY, DATA")]
    [InlineData("a: {type: REGISTRY, payload: {username: TOPSECRETVALUE}}", "a: auth is missing")]
    [InlineData("a: {type: REGISTRY, payload: {auth: TOPSECRETVALUE, x: y}}", "a: unknown payload key x")]
    [InlineData("a: {type: DATA, payload: {endpoint: 's3://b', access_key_id: i}}", "a: access_key is missing")]
    [InlineData(
        "a: {type: DATA, payload: {endpoint: 'https://TOPSECRETVALUE', access_key_id: i, access_key: k}}",
        "a: Endpoint must use one of: ")]
    [InlineData(
        "a: {type: REGISTRY, payload: {auth: k}}\nb: {type: REGISTRY, payload: {auth: k}}",
            "b: a is for docker.io already")]
    [InlineData("a: {payload: {k: \"TOPSECRETVALUE}", "no valid YAML at this place")]
    public void What_is_wrong_is_said_without_showing_a_value(string text, string message)
    {
        var failure = Assert.Throws<SecretsException>(() => Read(text));

        Assert.Contains(failure.Problems, problem => problem.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.DoesNotContain("TOPSECRETVALUE", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_credential_prints_as_its_name()
    {
        Assert.Equal("[secret a]", Read("a: {payload: {k: v}}").Find("a")!.ToString());
    }

    [Fact]
    public void Values_of_eight_characters_and_more_are_hidden_in_logs()
    {
        var mask = Read("""
            short: {payload: {k: "1234567"}}
            long: {payload: {k: "12345678", longer: "12345678-and-more"}}
            key: {payload: {pem: "-----BEGIN-----\nabcdefghijkl\nx\n"}}
            """).Mask;

        Assert.Equal("1234567", mask.Apply("1234567"));
        Assert.Equal("at [secret long], then [secret long]", mask.Apply("at 12345678-and-more, then 12345678"));
        Assert.Equal("line [secret key] x", mask.Apply("line abcdefghijkl x"));
    }

    public void Dispose() => _folder.Dispose();

    private Credentials Read(string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var file = _folder.Write("secrets.yaml", text);
        File.SetUnixFileMode(file, mode);
        return SecretsFile.Load(file, required: true);
    }
}
