namespace Cairn.Tidy;

public sealed class TidyTests
{
    [Fact]
    public void The_house_builds() => Assert.True(File.Exists(typeof(TidyTests).Assembly.Location));
}
