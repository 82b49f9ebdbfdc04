using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cairn.Platform.Secrets;

namespace Cairn.Platform.Tests.Connectors.Http;

/// <summary>Where requests really go, and who vouches for them (spec/workflows.md 5.1).</summary>
public sealed class HttpRoutesTests : IDisposable
{
    private readonly LoopbackServer _server = LoopbackServer.Sending("text/plain", "here");
    private CallBench? _bench;

    [Theory]
    [InlineData("https://*.googleapis.com", "https://storage.googleapis.com/storage/v1/b?x=1", "/storage/v1/b?x=1")]
    [InlineData("https://example.com/api", "https://example.com/api/v1", "/v1")]
    [InlineData("https://example.com", "https://EXAMPLE.com/a%20b", "/a%20b")]
    public async Task The_rewrite_table_sends_a_request_elsewhere(string from, string url, string path)
    {
        await Get($"http: {{rewrite: [{{from: \"{from}\", to: \"{_server.Url}\"}}]}}\n", url);

        Assert.StartsWith($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1", _server.Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com.evil.invalid/")]
    [InlineData("https://other.invalid/?https://example.com")]
    public async Task The_rewrite_table_takes_whole_hosts_only(string url)
    {
        _bench = new CallBench($"http: {{rewrite: [{{from: \"https://example.com\", to: \"{_server.Url}\"}}]}}\n");

        var error = await _bench.Fault("http.read", "http.get", $$"""{"url":"{{url}}"}""");

        Assert.Equal("ConnectionFailedError", error.Get("tags").AsList()[0].AsText());
        Assert.Empty(_server.Requests);
    }

    [Theory]
    [InlineData("PUBSUB_EMULATOR_HOST", "", "https://pubsub.googleapis.com/v1/x")]
    [InlineData("STORAGE_EMULATOR_HOST", "http://", "https://storage.googleapis.com/v1/x")]
    [InlineData("CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN", "http://", "https://europe-west1-run.googleapis.com/v1/x")]
    public async Task A_variable_of_the_services_own_clients_sends_a_request_elsewhere(
        string variable, string scheme, string url)
    {
        _bench = new CallBench();
        _bench.SetVariable(variable, $"{scheme}127.0.0.1:{_server.Port}");

        await _bench.Call("http.read", "http.get", $$"""{"url":"{{url}}"}""");

        Assert.StartsWith("GET /v1/x HTTP/1.1\r\n", _server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_service_is_found_by_its_name()
    {
        _bench = new CallBench($"http: {{services: {{\"projects/p/s\": \"{_server.Url}/base\"}}}}\n");

        await _bench.Call(
            "http.read", "http.get", """{"url":"https://x.invalid/a?b=c","private_service_name":"projects/p/s"}""");

        Assert.StartsWith("GET /base/a?b=c HTTP/1.1\r\n", _server.Request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OIDC")]
    [InlineData("OAuth2")]
    public async Task Without_a_configured_credential_an_auth_block_is_an_AuthError(string type)
    {
        _bench = new CallBench();

        var error = await _bench.Fault(
            "http.read", "http.get", $$$"""{"url":"{{{_server.Url}}}/","auth":{"type":"{{{type}}}"}}""");

        Assert.Equal("AuthError", error.Get("tags").AsList()[0].AsText());
        Assert.Contains("http.credentials", error.Get("message").AsText(), StringComparison.Ordinal);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task A_configured_token_is_sent()
    {
        _bench = new CallBench(
            $"http: {{credentials: [{{match: \"{_server.Url}\", credential: mine}}]}}\n",
            [new Credential("mine", CredentialType.Generic, Payload("token", "tok-1234"))]);

        await _bench.Call("http.read", "http.get", $$$"""{"url":"{{{_server.Url}}}/","auth":{"type":"OIDC"}}""");

        Assert.Contains("Authorization: Bearer tok-1234\r\n", _server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_was_sent_to_a_local_place_needs_no_credential()
    {
        await Get(
            $"http: {{rewrite: [{{from: \"https://*.run.app\", to: \"{_server.Url}\"}}]}}\n", "https://a.run.app/",
            ""","auth":{"type":"OIDC"}""");

        Assert.DoesNotContain("Authorization", _server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_account_signs_for_a_token_that_is_kept_until_it_ends()
    {
        using var issuer = LoopbackServer.Sending("application/json", """{"id_token":"t-99","expires_in":3600}""");
        using var rsa = RSA.Create(2048);
        var key = JsonSerializer.Serialize(new Dictionary<string, string>
        {
            ["client_email"] = "me@p",
            ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(),
            ["token_uri"] = issuer.Url + "/token",
        });
        _bench = new CallBench(
            $"http: {{credentials: [{{match: \"{_server.Url}\", credential: sa}}]}}\n",
            [new Credential("sa", CredentialType.Generic, Payload("service_account", key))]);
        for (var i = 0; i < 2; i++)
            await _bench.Call(
                "http.read", "http.get",
                $$$"""{"url":"{{{_server.Url}}}/","auth":{"type":"OIDC","audience":"https://aud"}}""");

        Assert.All(_server.Requests, request => Assert.Contains("Bearer t-99\r\n", request, StringComparison.Ordinal));
        var assertion = issuer.Request[(issuer.Request.IndexOf("assertion=", StringComparison.Ordinal) + 10)..];
        var parts = assertion.Split('.');
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal("https://aud", claims.RootElement.GetProperty("target_audience").GetString());
    }

    [Fact]
    public async Task A_service_that_gives_no_token_is_an_AuthError_that_quotes_no_key()
    {
        _bench = new CallBench(
            $"http: {{credentials: [{{match: \"{_server.Url}\", credential: sa}}]}}\n",
            [new Credential(
                "sa", CredentialType.Generic, Payload("service_account", "{\"private_key\":\"hush-hush\"}"))]);

        var error = await _bench.Fault(
            "http.read", "http.get", $$$"""{"url":"{{{_server.Url}}}/","auth":{"type":"OAuth2"}}""");

        Assert.Equal("AuthError", error.Get("tags").AsList()[0].AsText());
        Assert.DoesNotContain("hush", error.Get("message").AsText(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _server.Dispose();
        _bench?.Dispose();
    }

    private static SortedDictionary<string, string> Payload(string key, string value) =>
        new(StringComparer.Ordinal) { [key] = value };

    private Task Get(string yaml, string url, string more = "")
    {
        _bench = new CallBench(yaml);
        return _bench.Call("http.read", "http.get", $$"""{"url":"{{url}}"{{more}}}""");
    }
}
