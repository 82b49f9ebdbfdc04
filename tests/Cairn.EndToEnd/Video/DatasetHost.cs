using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cairn.EndToEnd.Video;

/// <summary>A host of datasets on this machine that answers what a test told it, and 404 else.</summary>
internal sealed class DatasetHost : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Dictionary<string, Queue<(HttpStatusCode Status, byte[] Body)>> _answers = [];
    private readonly List<string> _asked = [];

    public DatasetHost()
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _ = AnswerAsync();
    }

    /// <summary>Without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>The paths that were asked for, in order, as they came.</summary>
    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_answers)
                return [.. _asked];
        }
    }

    /// <summary>A text from now on.</summary>
    public void Answers(string path, string text) => Answers(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes from now on, after what is answered once.</summary>
    public void Answers(string path, byte[] body) => Add(path, HttpStatusCode.OK, body);

    /// <summary>A status from now on.</summary>
    public void Answers(string path, HttpStatusCode status) => Add(path, status, []);

    /// <summary>A status for the next question only.</summary>
    public void AnswersOnce(string path, HttpStatusCode status) => Add(path, status, []);

    /// <inheritdoc/>
    public void Dispose() => _listener.Close();

    private void Add(string path, HttpStatusCode status, byte[] body)
    {
        lock (_answers)
        {
            if (!_answers.TryGetValue(path, out var answers))
                _answers[path] = answers = new();
            // The last one stays; what was answered before goes when something new comes.
            if (answers.Count == 1 && answers.Peek().Status == HttpStatusCode.OK)
                answers.Clear();
            answers.Enqueue((status, body));
        }
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext asked;
            try
            {
                asked = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            var (status, body) = AnswerTo(asked.Request.RawUrl!);
            asked.Response.StatusCode = (int)status;
            asked.Response.Close(body, willBlock: false);
        }
    }

    private (HttpStatusCode Status, byte[] Body) AnswerTo(string path)
    {
        lock (_answers)
        {
            _asked.Add(path);
            if (!_answers.TryGetValue(path, out var answers))
                return (HttpStatusCode.NotFound, []);
            return answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
