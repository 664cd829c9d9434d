// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "support/description.hpp"

using namespace upshift;
using test::read_description;

namespace {

/// A file with a cluster of a described and an undescribed node, a host outside, and these VMs.
std::string with_vms(const std::string& vms) {
    return R"({"hosts": [{"name": "hv1", "default_version": "10.0"}, {"name": "alone", "default_version": "10.0"}],
               "clusters": [{"name": "prod", "nodes": ["hv1", "hv2"]}], "vms": [)" +
           vms + "]}";
}

std::string with_clusters(const std::string& clusters) {
    return R"({"hosts": [{"name": "hv1", "default_version": "10.0", "cluster": "prod"}], "clusters": [)" +
           clusters + "]}";
}

}  // namespace

TEST_CASE("a VM is clustered where its host is, unless it says otherwise", "[simulation]") {
    const auto described = read_description(with_vms(R"({"name": "a", "version": "9.0", "host": "hv2"},
            {"name": "b", "version": "9.0", "host": "hv1", "clustered": false},
            {"name": "c", "version": "9.0", "host": "alone"})"));

    CHECK(described.vms[0].clustered == true);
    CHECK(described.vms[1].clustered == false);
    CHECK(described.vms[2].clustered == false);
}

TEST_CASE("a host joins a cluster by naming it", "[simulation]") {
    const auto described = read_description(
        R"({"hosts": [{"name": "a", "default_version": "9.0", "cluster": "prod"},
                      {"name": "b", "default_version": "9.0", "cluster": "Prod"}]})");

    REQUIRE(described.clusters.size() == 1);
    CHECK(described.clusters[0].nodes == std::vector<std::string>{"a", "b"});
}

TEST_CASE("a cluster's level is the one that every described node is made for", "[simulation]") {
    struct Row {
        const char* versions;
        std::int64_t level;
    };
    const auto [version, level] =
        GENERATE(values<Row>({{"5.0", 8}, {"8.0", 9}, {"9.0", 10}, {"10.0", 11}, {"12.0", 12}}));

    const auto described = read_description(
        R"({"hosts": [{"name": "a", "default_version": "12.0"}, {"name": "b", "default_version": ")" +
        std::string(version) + R"("}], "clusters": [{"name": "prod", "nodes": ["a", "b", "c"]}]})");

    CHECK(described.clusters[0].functional_level == level);
}

TEST_CASE("what is wrong in the rows of a cluster is told with its row", "[simulation]") {
    struct Row {
        std::string json;
        const char* refusal;
    };
    const auto [json, expected] = GENERATE(values<Row>({
        {with_clusters(R"({"nodes": ["hv1"]})"),
         "clusters[0].name is not given; a text, which has no default"},
        {with_clusters(R"({"name": "prod", "functional_level": 7})"),
         "clusters[0].functional_level is the number 7; a whole number from 8 to 12"},
        {with_clusters(R"({"name": "prod"}, {"name": "PROD"})"),
         "clusters[1].name is that of clusters[0] too; a name of its own"},
        {with_clusters(R"({"name": "prod", "nodes": ["hv1"]}, {"name": "test", "nodes": ["HV1"]})"),
         "clusters[1].nodes is a list with \"HV1\", which is in clusters[0] already; each node in one "
         "cluster, once"},
        {with_clusters(R"({"name": "test", "nodes": ["hv1"]})"),
         "hosts[0].cluster is the text \"prod\"; the cluster that lists this host, \"test\""},
        {R"({"hosts": [{"name": "a", "default_version": "9.0", "cluster_error": {"kind": "busy"}}]})",
         "hosts[0].cluster_error.found is not given; what stood in the way, as answers tell it"},
        {with_vms(R"({"name": "a", "version": "9.0", "host": "hv3"})"),
         "vms[0].host is the text \"hv3\"; the name of a row of hosts or of a cluster's node"},
        {with_vms(R"({"name": "a", "version": "9.0", "host": "alone", "clustered": true})"),
         "vms[0].clustered is true; a host that is in a cluster"},
        {with_vms(R"({"name": "a", "version": "9.0", "clustered": false, "possible_owners": ["hv1"]})"),
         "vms[0].possible_owners is given; a VM that is clustered"},
        {with_vms(R"({"name": "a", "version": "9.0", "possible_owners": ["hv1", "alone"]})"),
         "vms[0].possible_owners is a list with \"alone\"; nodes of the cluster \"prod\""},
        {with_vms(R"({"name": "a", "version": "9.0", "upgrade": {"moves_to": "alone"}})"),
         "vms[0].upgrade.moves_to is the text \"alone\"; a node of the cluster \"prod\""},
        {with_vms(R"({"name": "a", "version": "9.0", "upgrade": {"moves_to": "hv1"}})"),
         "vms[0].upgrade.moves_to is the text \"hv1\"; the name of another host"},
        {with_vms(R"({"name": "a", "version": "9.0", "host": "alone", "upgrade": {"namespace": "cluster"}})"),
         "vms[0].upgrade.namespace is the text \"cluster\"; a VM that is clustered"},
        {with_vms(R"({"name": "a", "version": "9.0", "id": "00000000-0000-0000-0000-000000000001"},
            {"name": "a", "version": "9.0", "host": "hv2", "id": "00000000-0000-0000-0000-000000000001"})"),
         "vms[1].id is that of vms[0] too; an id of its own in the cluster"},
        {with_vms(
             R"({"name": "a", "version": "9.0", "host": "alone", "id": "00000000-0000-0000-0000-000000000001",
                "upgrade": {"moves_to": "hv1"}},
            {"name": "a", "version": "9.0", "id": "00000000-0000-0000-0000-000000000001"})"),
         "vms[0].upgrade.moves_to is a host that has a VM of that id; one that has none"},
    }));

    CHECK(test::refusal_of_description(json) == expected);
}

TEST_CASE("names of hosts and nodes are the same in any case", "[simulation]") {
    const auto described = read_description(with_vms(R"({"name": "a", "version": "9.0", "host": "HV1",
            "possible_owners": ["Hv2"], "upgrade": {"moves_to": "HV2"}})"));

    CHECK(described.vms[0].host == "hv1");
    CHECK(described.vms[0].upgrade.moves_to == "hv2");
}
