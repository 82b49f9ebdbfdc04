using System.Text;
using Cairn.Flows.Library.Functions;

namespace Cairn.Flows.Tests.Library;

public sealed class Sha224Tests
{
    // The answers are those of Python's hashlib.
    [Theory]
    [InlineData(0, "0UoCjCo6K8lHYQK7KII0xBWisB+CjqYqxbPkLw==")]
    [InlineData(119, "4ADmcJ0mZntjH6p/wb1ATrR3QAPF+09RoBhIdQ==")]
    [InlineData(1000, "To8M6QtkZhorXoS+bZOn2bdocQYvGBRDPQSgPQ==")]
    public void Data_of_any_length_gives_the_known_hash(int length, string expected)
    {
        var data = Encoding.ASCII.GetBytes(new string('a', length));

        Assert.Equal(expected, Convert.ToBase64String(Sha224.HashData(data)));
    }

    [Fact]
    public void A_long_key_is_hashed_first()
    {
        var key = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("key", 50)));
        var data = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("data", 50)));

        Assert.Equal("udB4L56k+Zc9GuZyF4JNQb8qRW1u6CEgA4HBvA==", Convert.ToBase64String(Sha224.HmacData(key, data)));
    }
}
