using Cairn.Cli.Video;

namespace Cairn.Cli.Tests.Video;

public sealed class VideoFlowTests
{
    [Theory]
    [InlineData(null, "augmentation_and_al")]
    [InlineData("", "augmentation_and_al")]
    [InlineData("augmentation_and_al", "augmentation_and_al")]
    [InlineData("augmentation_and_pl", "augmentation_and_al")]
    [InlineData("AUTO_LABELING", "auto_labeling")]
    [InlineData("labels only", "auto_labeling")]
    [InlineData("label-only request", "auto_labeling")]
    [InlineData("labels, no augmentation please", "auto_labeling")]
    [InlineData("synthetic variants plus labels", "augmentation_and_al")]
    [InlineData("whole pipeline, fastest", "e2e")]
    [InlineData("whole pipeline, originals enhanced first", "e2e_super_resolution")]
    [InlineData("e2e", "e2e")]
    [InlineData("e2e_super_resolution", "e2e_super_resolution")]
    public void A_request_selects_its_flow(string? request, string flow) =>
        Assert.Equal(flow, VideoFlow.Select(request)?.Id);

    [Theory]
    [InlineData("augmentation_and_xl")]
    [InlineData("e3e")]
    [InlineData("hello")]
    public void Words_that_name_no_flow_select_none(string request) => Assert.Null(VideoFlow.Select(request));

    [Theory]
    [InlineData("my clip", "my-clip")]
    [InlineData("Überwachung  № 7", "berwachung-7")]
    [InlineData("a.b_c", "a-b_c")]
    [InlineData("видео", "video")]
    [InlineData("--", "video")]
    public void A_stem_becomes_a_video_name_that_paths_and_shells_can_hold(string stem, string name) =>
        Assert.Equal(name, VideoNames.VideoFrom(stem));

    [Theory]
    [InlineData("7 up", "video-7-up")]
    [InlineData("cam1", "cam1")]
    [InlineData("", "video")]
    public void A_dataset_made_from_a_stem_is_valid(string stem, string name)
    {
        Assert.Equal(name, VideoNames.DatasetFrom(stem));
        Assert.True(VideoNames.IsDataset(name));
    }

    [Theory]
    [InlineData("1abc")]
    [InlineData("abc-")]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("a\n")]
    public void A_dataset_name_follows_its_pattern(string name) => Assert.False(VideoNames.IsDataset(name));
}
