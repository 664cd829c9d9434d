// SPDX-License-Identifier: GPL-3.0-or-later
#include "vm_version/cluster_detect.hpp"

#include <algorithm>

#include "support/guid.hpp"
#include "support/pattern.hpp"
#include "vm_version/namespaces.hpp"

namespace upshift {

namespace {

using cim::CimSession;
using cim::Instance;
using cim::ObjectPath;

/// The resource of a VM beside that of its configuration, which has the VM's id too ("Virtual Machine"
/// resource type).
const cim::Query vm_resources{"MSCluster_Resource",
                              {"Name", "OwnerNode", "PrivateProperties"},
                              {{"Type", std::string("Virtual Machine")}}};

/// The private property VmId in upper case; empty where it is none.
std::string vm_id_of(const Instance& resource) {
    const auto* value = resource.find("PrivateProperties");
    const auto* properties = value == nullptr ? nullptr : std::get_if<cim::EmbeddedInstance>(value);
    if (properties == nullptr) {
        return "";
    }
    const auto wanted = fold_case("VmID");
    for (const auto& [name, text] : properties->properties) {
        if (fold_case(name) == wanted) {
            return parse_guid(text).value_or("");
        }
    }
    return "";
}

/// One text for one object, however its keys are ordered and spelled.
std::u32string identity(const ObjectPath& path) {
    std::vector<std::string> keys;
    keys.reserve(path.keys.size());
    for (const auto& [name, value] : path.keys) {
        keys.push_back(name);
        keys.back().append("=").append(value);
    }
    std::sort(keys.begin(), keys.end());
    std::string text = path.class_name;
    for (const auto& key : keys) {
        text.append("\n").append(key);
    }
    return fold_case(text);
}

const ObjectPath* reference_in(const Instance& association, std::string_view name) {
    const auto* value = association.find(name);
    return value == nullptr ? nullptr : std::get_if<ObjectPath>(value);
}

/// WMI hands a uint32 as a number; what describes a host may hold it as text.
std::string text_or_number(const Instance& row, std::string_view name) {
    const auto number = row.number(name);
    return number ? std::to_string(*number) : row.text(name);
}

/// Reads the nodes and VMs of one cluster. Used once.
class MemberReader {
  public:
    MemberReader(CimSession& session, ObservedCluster& cluster) : session_(session), cluster_(cluster) {}

    void read_nodes() {
        for (const auto& node : session_.query({"MSCluster_Node", {"Name", "BuildNumber"}, {}})) {
            cluster_.nodes.push_back({node.text("Name"), text_or_number(node, "BuildNumber"), {}, {}});
            node_names_.emplace(identity(node.path), node.text("Name"));
        }
    }

    /// The names of those that may own each VM, by its id. Nodes are read first.
    std::unordered_map<std::string, std::vector<std::string>> possible_owners() {
        std::unordered_map<std::string, std::vector<std::string>> owners;
        std::unordered_map<std::u32string, std::string> ids;
        for (const auto& resource : session_.query(vm_resources)) {
            const auto id = vm_id_of(resource);
            ids.emplace(identity(resource.path), id);
            owners[id];
        }
        for (const auto& link :
             session_.query({"MSCluster_ResourceToPossibleOwner", {"GroupComponent", "PartComponent"}, {}})) {
            const auto* resource = reference_in(link, "GroupComponent");
            const auto* node = reference_in(link, "PartComponent");
            const auto id = resource == nullptr ? ids.end() : ids.find(identity(*resource));
            if (node != nullptr && id != ids.end()) {
                owners[id->second].push_back(name_of(*node));
            }
        }
        return owners;
    }

  private:
    /// A node that is not listed stands under its key: nobody can ask it, and it is told by that name.
    std::string name_of(const ObjectPath& node) const {
        const auto known = node_names_.find(identity(node));
        if (known != node_names_.end()) {
            return known->second;
        }
        return node.keys.empty() ? node.class_name : node.keys.front().second;
    }

    CimSession& session_;
    ObservedCluster& cluster_;
    std::unordered_map<std::u32string, std::string> node_names_;
};

bool is_no_cluster(const OperationError& error) {
    return error.detail().kind == ErrorKind::not_supported;
}

}  // namespace

void ClusterDetection::observe(ObservedHost& host) {
    std::shared_ptr<CimSession> session;
    try {
        session = connector_.connect(host.name, namespaces::cluster);
    } catch (const OperationError& error) {
        if (!is_no_cluster(error)) {
            host.cluster_error = error.detail();
        }
        return;
    }
    try {
        const auto* known = cluster_behind(session);
        if (known == nullptr) {
            return;
        }
        host.cluster = known->cluster;
        for (auto& vm : host.vms) {
            const auto owners = known->owners.find(vm.id);
            if (owners != known->owners.end()) {
                vm.clustered = true;
                vm.possible_owners = owners->second;
            }
        }
    } catch (const OperationError& error) {
        host.cluster_error = error.detail();
    }
}

const ClusterDetection::KnownCluster* ClusterDetection::cluster_behind(
    const std::shared_ptr<CimSession>& session) {
    const auto rows = session->query({"MSCluster_Cluster", {"Name", "ClusterFunctionalLevel"}, {}});
    if (rows.empty()) {
        return nullptr;
    }
    const auto name = rows.front().text("Name");
    for (const auto& known : known_) {
        if (same_host(known.cluster->name, name)) {
            return &known;
        }
    }
    KnownCluster known{std::make_shared<ObservedCluster>(), {}};
    known.cluster->name = name;
    known.cluster->functional_level = rows.front().number("ClusterFunctionalLevel");
    known.cluster->session = session;
    MemberReader reader(*session, *known.cluster);
    reader.read_nodes();
    known.owners = reader.possible_owners();
    known_.push_back(std::move(known));
    return &known_.back();
}

std::string owner_of(const ObservedCluster& cluster, const std::string& vm_id) {
    if (!cluster.session) {
        return "";
    }
    try {
        for (const auto& resource : cluster.session->query(vm_resources)) {
            if (vm_id_of(resource) == vm_id) {
                return resource.text("OwnerNode");
            }
        }
    } catch (const OperationError&) {
        return "";
    }
    return "";
}

}  // namespace upshift
