using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Http;

/// <summary>The key file of a service account: it signs requests for tokens.</summary>
/// <param name="Email">Who it is.</param>
/// <param name="PrivateKey">PEM.</param>
/// <param name="TokenUri">Who gives tokens.</param>
internal sealed record ServiceAccountKey(string Email, string PrivateKey, Uri TokenUri)
{
    private static readonly TimeSpan s_life = TimeSpan.FromHours(1);

    /// <summary>Reads the JSON of a key; a <see cref="CallFault"/> that does not quote it when it is none.</summary>
    public static ServiceAccountKey Read(string credential, string json)
    {
        try
        {
            if (JsonNode.Parse(json) is JsonObject key
                && (string?)key["client_email"] is { } email && (string?)key["private_key"] is { } pem
                && Uri.TryCreate((string?)key["token_uri"], UriKind.Absolute, out var uri))
                return new ServiceAccountKey(email, pem, uri);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Said below, without a word of what stands there.
        }

        throw CallFault.Auth(
            $"service_account of credential {credential} is no key: "
            + "client_email, private_key and token_uri are needed");
    }

    /// <summary>A signed request for a token (RFC 7523), good for an hour.</summary>
    public string Sign(HttpAuth auth, DateTimeOffset now)
    {
        var claims = new JsonObject
        {
            ["iss"] = Email,
            ["sub"] = Email,
            ["aud"] = TokenUri.AbsoluteUri,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + s_life).ToUnixTimeSeconds(),
        };
        if (auth.IsIdentity)
            claims["target_audience"] = auth.Audience;
        else
            claims["scope"] = auth.Scopes.Length > 0 ? auth.Scopes : "https://www.googleapis.com/auth/cloud-platform";
        var text = $"{Part("""{"alg":"RS256","typ":"JWT"}""")}.{Part(claims.ToJsonString())}";
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(PrivateKey);
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException)
        {
            throw CallFault.Auth($"the private key of {Email} cannot be read");
        }

        var signature =
            rsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
