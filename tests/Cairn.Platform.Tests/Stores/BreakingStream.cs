namespace Cairn.Platform.Tests.Stores;

/// <summary>Gives a few bytes, then fails as a lost connection does.</summary>
internal sealed class BreakingStream : Stream
{
    private int _left = 3;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_left-- == 0)
            throw new IOException("connection reset");
        buffer[offset] = 7;
        return 1;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
