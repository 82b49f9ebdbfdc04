using System.Net;

namespace Cairn.Platform.Stores.Foreign;

/// <summary>
/// A web server as a source (`http:`, `https:`): single objects, read only. A key is what follows the host, query
/// included. There is nothing to list: a listing is empty.
/// </summary>
public sealed class HttpStore(string origin, HttpClient client) : IObjectStore
{
    /// <inheritdoc/>
    public string Url => origin;

    /// <inheritdoc/>
    public async ValueTask<StoredObject?> Stat(string key, CancellationToken cancel)
    {
        await using var opened = await Open(key, cancel);
        return opened?.Object;
    }

    /// <inheritdoc/>
    public async ValueTask<OpenedObject?> Open(string key, CancellationToken cancel)
    {
        var url = $"{origin}/{key}";
        HttpResponseMessage? answer = null;
        try
        {
            answer = await client.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                answer.Dispose();
                return null;
            }

            if (!answer.IsSuccessStatusCode)
                throw Refusal(url, answer.StatusCode);
            var headers = answer.Content.Headers;
            var updated = headers.LastModified ?? DateTimeOffset.UnixEpoch;
            var stored = new StoredObject(
                key, Math.Max(1, updated.ToUnixTimeMilliseconds()), headers.ContentLength ?? 0, null, updated, []);
            return new OpenedObject(stored, new Body(await answer.Content.ReadAsStreamAsync(cancel), answer), null);
        }
        catch (HttpRequestException failure)
        {
            answer?.Dispose();
            throw new StoreException(
                StoreFault.Unreachable, $"{url} cannot be reached: {failure.Message.TrimEnd('.')}", inner: failure);
        }
        catch
        {
            answer?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<WriteAnswer> Put(string key, Content content, WriteTerms terms, CancellationToken cancel) =>
        throw CannotWrite(key);

    /// <inheritdoc/>
    public ValueTask<WriteAnswer?> Copy(string from, string to, WriteTerms terms, CancellationToken cancel) =>
        throw CannotWrite(to);

    /// <inheritdoc/>
    public ValueTask<WriteAnswer> Delete(string key, WriteTerms terms, CancellationToken cancel) =>
        throw CannotWrite(key);

    /// <inheritdoc/>
    public ValueTask<ListPage> List(ListQuery query, CancellationToken cancel) =>
        ValueTask.FromResult(new ListPage([], [], null));

    private StoreException CannotWrite(string key) => new(
        StoreFault.ReadOnly, $"{origin}/{key} cannot be written: web addresses are inputs only",
        "write to cairn://NAME/… or file:///…");

    private static StoreException Refusal(string url, HttpStatusCode status)
    {
        var fault = status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => StoreFault.Denied,
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => StoreFault.Unreachable,
            _ => StoreFault.Io,
        };
        return new StoreException(fault, $"{url} answers {(int)status}");
    }

    // The stream owns the response: disposing one ends both.
    private sealed class Body(Stream inner, HttpResponseMessage answer) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                answer.Dispose();
            base.Dispose(disposing);
        }
    }
}
