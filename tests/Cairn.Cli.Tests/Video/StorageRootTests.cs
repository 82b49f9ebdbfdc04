using Cairn.Cli.Video;

namespace Cairn.Cli.Tests.Video;

public sealed class StorageRootTests
{
    [Theory]
    [InlineData("azure://acct/cont/datasets/vda-demo", "azure://acct/cont", "vda-demo", null)]
    [InlineData("s3://metro-vda/datasets/city-traffic-raw", "s3://metro-vda", "city-traffic-raw", null)]
    [InlineData("s3://metro-vda/datasets/city/cam1.mp4", "s3://metro-vda", "city", "cam1")]
    [InlineData("s3://b/team/a/datasets/city/", "s3://b/team/a", "city", null)]
    [InlineData("gs://b/datasets/d?alt=media#top", "gs://b", "d", null)]
    [InlineData("swift://end.example/AUTH_a/cont/datasets/d/x.MP4", "swift://end.example/AUTH_a/cont", "d", "x")]
    [InlineData("tos://end.example/bucket/deep/datasets/d", "tos://end.example/bucket/deep", "d", null)]
    [InlineData("cairn://vda/datasets/d/v.mp4", "cairn://vda", "d", "v")]
    [InlineData("file:///data/vda/datasets/d", "file:///data/vda", "d", null)]
    public void An_address_below_datasets_names_root_dataset_and_video(
        string input, string root, string dataset, string? video) =>
        Assert.Equal(new StorageRoot(root, dataset, video, Copy: false), StorageRoot.Derive(input));

    [Theory]
    [InlineData("s3://bucket/raw/cam/a.mp4", "s3://bucket", "a")]
    [InlineData("gs://bucket/raw", "gs://bucket", null)]
    [InlineData("azure://acct/cont/raw/a.mp4", "azure://acct/cont", "a")]
    [InlineData("swift://end/acct/cont/raw", "swift://end/acct/cont", null)]
    [InlineData("tos://end/bucket/raw/a.mp4", "tos://end/bucket", "a")]
    public void An_address_elsewhere_takes_the_shortest_root_and_is_copied(string input, string root, string? video) =>
        Assert.Equal(new StorageRoot(root, null, video, Copy: true), StorageRoot.Derive(input));

    [Theory]
    [InlineData("s3://bucket")]
    [InlineData("gs://bucket/")]
    [InlineData("azure://acct/cont")]
    [InlineData("swift://end/acct/cont//")]
    [InlineData("tos://end/bucket")]
    public void A_bare_root_is_the_root(string input) =>
        Assert.Equal(new StorageRoot(input.TrimEnd('/'), null, null, Copy: false), StorageRoot.Derive(input));

    [Fact]
    public void A_deeper_prefix_stays_in_the_root_when_the_upload_went_there() =>
        Assert.Equal(
            new StorageRoot("s3://bucket/team/x", null, "a", Copy: true),
            StorageRoot.Derive("s3://bucket/team/x/in/a.mp4", target: "s3://bucket/team/x/"));

    [Fact]
    public void An_upload_target_elsewhere_is_not_remembered() =>
        Assert.Equal("gs://other", StorageRoot.Derive("gs://other/raw", target: "s3://bucket/team")?.Root);

    [Theory]
    [InlineData("azure://acct")]
    [InlineData("swift://end/acct")]
    [InlineData("tos://end")]
    [InlineData("https://example.com/datasets/d")]
    [InlineData("ftp://host/datasets/d")]
    [InlineData("/local/video.mp4")]
    [InlineData("s3://")]
    [InlineData("s3:///datasets/d")]
    [InlineData("azure://acct//datasets/d")]
    [InlineData("file:///somewhere/raw")]
    public void What_has_no_root_of_its_own_is_underivable(string input) => Assert.Null(StorageRoot.Derive(input));

    [Theory]
    [InlineData("azure://acct/datasets/d", "azure://acct/datasets")]
    [InlineData("swift://end/acct/datasets/d", "swift://end/acct/datasets")]
    public void A_container_may_itself_be_called_datasets(string input, string root) =>
        Assert.Equal(new StorageRoot(root, null, null, Copy: true), StorageRoot.Derive(input));
}
