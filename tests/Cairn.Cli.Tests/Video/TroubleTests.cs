using Cairn.Cli.Video;

namespace Cairn.Cli.Tests.Video;

public sealed class TroubleTests
{
    [Theory]
    [InlineData("generate_configs: weather cannot be pinned to snow: it has clear, overcast, rain", "a pin names")]
    [InlineData("[worker] error: VLM never answered at http://qwen3-vl:8000/v1: check", "VLM or LLM service is down")]
    [InlineData("[worker] error: no video in /input/1: upload <video>.mp4", "the dataset has no such video")]
    [InlineData("barrier: failed: timed out", "failed before the barrier")]
    [InlineData("botocore.exceptions.NoCredentialsError: Unable to locate credentials", "scheme of the storage root")]
    [InlineData("The task needed more than its 2048 MiB of memory", "needed more memory")]
    [InlineData("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate", "GPU's memory")]
    [InlineData("paidf-label: ffmpeg is not installed", "is missing on this machine")]
    [InlineData("OSError: [Errno 28] No space left on device", "the disk is full")]
    [InlineData("paidf-label: degraded stages under policy fail: tracking", "policy is fail")]
    public void A_known_trouble_is_told_from_a_line(string line, string cause) =>
        Assert.Contains(cause, Trouble.Of(["first", line, "last"])!.Cause);

    [Fact]
    public void What_is_not_known_is_not_guessed() => Assert.Null(Trouble.Of(["it broke", "exit code 7"]));

    [Fact]
    public void Only_the_last_200_lines_count() =>
        Assert.Null(Trouble.Of(["barrier: failed", .. Enumerable.Repeat("going on", Trouble.Lines)]));
}
