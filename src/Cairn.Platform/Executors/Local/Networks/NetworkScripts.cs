namespace Cairn.Platform.Executors.Local.Networks;

/// <summary>
/// How a group's network is made and unmade, as shell around `ip`, `unshare`, `nsenter` and `iptables`. The namespaces
/// are held open by bind mounts on files, so they outlive whoever made them.
/// </summary>
internal static class NetworkScripts
{
    /// <summary>Inner network of every group; groups do not see each other, so they all use the same.</summary>
    public const string InnerGateway = "10.213.0.1";

    /// <summary>
    /// Makes it. $1 folder, $2 name of the outer link, $3 outer address of the link, $4 inner address of the link,
    /// then the members' addresses. Says `no way out` when the host lets nothing through.
    /// </summary>
    public const string Make =
        """
        set -e
        folder=$1 link=$2 outer=$3 inner=$4
        shift 4
        : > "$folder/group"
        unshare --net="$folder/group" true
        ip link add "$link" type veth peer name up0 netns "$folder/group"
        ip addr add "$outer/30" dev "$link"
        ip link set "$link" up
        nsenter --net="$folder/group" sh -e -c '
          ip link set lo up
          ip link add br0 type bridge
          ip addr add 10.213.0.1/16 dev br0
          ip link set br0 up
          ip addr add "$1/30" dev up0
          ip link set up0 up
          ip route add default via "$2"
          echo 1 > /proc/sys/net/ipv4/ip_forward
        ' sh "$inner" "$outer"
        number=0
        for address in "$@"; do
          : > "$folder/$number"
          unshare --net="$folder/$number" true
          nsenter --net="$folder/group" ip link add "m$number" type veth peer name eth0 netns "$folder/$number"
          nsenter --net="$folder/group" ip link set "m$number" master br0 up
          nsenter --net="$folder/$number" sh -e -c '
            ip link set lo up
            ip addr add "$1/16" dev eth0
            ip link set eth0 up
            ip route add default via 10.213.0.1
          ' sh "$address"
          number=$((number + 1))
        done
        {
          nsenter --net="$folder/group" iptables -t nat -A POSTROUTING -o up0 -j MASQUERADE &&
          iptables -t nat -A POSTROUTING -s "$inner/32" ! -o "$link" -m comment --comment "$link" -j MASQUERADE &&
          iptables -I FORWARD -i "$link" -m comment --comment "$link" -j ACCEPT &&
          iptables -I FORWARD -o "$link" -m comment --comment "$link" -j ACCEPT &&
          echo 1 > /proc/sys/net/ipv4/ip_forward
        } 2>/dev/null || echo 'no way out'
        """;

    /// <summary>
    /// Makes it without root. $1 folder, $2 <see cref="Inside"/>, then the members' addresses. What holds it open is a
    /// session of its own with no pipe of ours, so it lives on without us. Says `no way out` when nothing is let
    /// through.
    /// </summary>
    public const string MakeRootless =
        """
        folder=$1
        setsid unshare --user --map-root-user --net -- /bin/sh -e -c "$2" sh "$@" > "$folder/log" 2>&1 < /dev/null &
        holder=$!
        until [ -e "$folder/holders" ]; do
          kill -0 $holder 2>/dev/null || { tail -n 1 "$folder/log" >&2; exit 1; }
          sleep 0.01
        done
        read -r group rest < "$folder/holders"
        if command -v slirp4netns > /dev/null; then
          setsid slirp4netns --configure --mtu=65520 --disable-host-loopback --ready-fd=3 "$group" tap0 \
            3> "$folder/out" >> "$folder/log" 2>&1 < /dev/null &
          way=$!
          until [ -s "$folder/out" ]; do
            kill -0 $way 2>/dev/null || break
            sleep 0.01
          done
        fi
        [ -s "$folder/out" ] && [ -e "$folder/nat" ] || echo 'no way out'
        """;

    /// <summary>What the holder of a rootless network does in its namespaces; arguments as its maker's.</summary>
    public const string Inside =
        """
        folder=$1
        shift 2
        ip link set lo up
        ip link add br0 type bridge
        ip addr add 10.213.0.1/16 dev br0
        ip link set br0 up
        holders=$$
        number=0
        for address in "$@"; do
          mkfifo "$folder/made$number"
          unshare --net /bin/sh -c 'echo > "$1"; exec sleep infinity' sh "$folder/made$number" &
          member=$!
          read -r made < "$folder/made$number"
          ip link add "m$number" type veth peer name eth0 netns "$member"
          ip link set "m$number" master br0 up
          nsenter --net="/proc/$member/ns/net" /bin/sh -e -c '
            ip link set lo up
            ip addr add "$1/16" dev eth0
            ip link set eth0 up
            ip route add default via 10.213.0.1
          ' sh "$address"
          holders="$holders $member"
          number=$((number + 1))
        done
        iptables -t nat -A POSTROUTING -o tap0 -j MASQUERADE && echo 1 > /proc/sys/net/ipv4/ip_forward &&
          : > "$folder/nat" || :
        echo "$holders" > "$folder/holders.part"
        mv "$folder/holders.part" "$folder/holders"
        exec sleep infinity
        """;

    /// <summary>Unmakes it, whatever of it there is. $1 folder, $2 name of the outer link.</summary>
    public const string Unmake =
        """
        for held in "$1"/*; do umount "$held" 2>/dev/null; done
        ip link del "$2" 2>/dev/null
        iptables-save -t nat 2>/dev/null | grep -e "--comment $2 " | sed 's/^-A/-D/' |
          while read -r rule; do eval iptables -t nat $rule; done
        iptables-save -t filter 2>/dev/null | grep -e "--comment $2 " | sed 's/^-A/-D/' |
          while read -r rule; do eval iptables $rule; done
        rm -rf "$1"
        """;
}
