using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Cairn.Platform.Connectors.Calls;

namespace Cairn.Platform.Connectors.Http;

/// <summary>
/// The connections: one client for all, and one for each certificate that a call brings. Redirects are followed by the
/// caller, no time limit is set here, cookies are not kept.
/// </summary>
internal sealed class HttpClients : IDisposable
{
    private const int MostAuthorities = 32;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, HttpClient> _authorities = new(StringComparer.Ordinal);
    private readonly Lazy<HttpClient> _plain = new(static () => Make(null));

    /// <summary>The client for a call.</summary>
    /// <param name="authority">A certificate to trust beside the machine's own, DER or PEM, or null.</param>
    public HttpClient For(byte[]? authority)
    {
        if (authority is null)
            return _plain.Value;
        var hash = Convert.ToHexString(SHA256.HashData(authority));
        lock (_gate)
        {
            if (_authorities.TryGetValue(hash, out var known))
                return known;
            // Calls may still use those that go: they are left to the collector.
            if (_authorities.Count == MostAuthorities)
                _authorities.Clear();
            return _authorities[hash] = Make(Certificates(authority));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_plain.IsValueCreated)
            _plain.Value.Dispose();
        foreach (var client in _authorities.Values)
            client.Dispose();
    }

    private static X509Certificate2Collection Certificates(byte[] authority)
    {
        var found = new X509Certificate2Collection();
        try
        {
            if (authority.AsSpan().IndexOf("-----BEGIN"u8) >= 0)
                found.ImportFromPem(Encoding.UTF8.GetString(authority));
            else
                found.Add(X509CertificateLoader.LoadCertificate(authority));
        }
        catch (CryptographicException)
        {
            throw CallFault.Value("ca_certificate holds no certificate in DER or PEM");
        }

        return found.Count > 0 ? found : throw CallFault.Value("ca_certificate holds no certificate in DER or PEM");
    }

    private static HttpClient Make(X509Certificate2Collection? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (authorities is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                errors == SslPolicyErrors.None || IsSignedBy(authorities, certificate, chain, errors);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private static bool IsSignedBy(
        X509Certificate2Collection authorities, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var copy = new X509Certificate2(certificate);
        return chain.Build(copy);
    }
}
