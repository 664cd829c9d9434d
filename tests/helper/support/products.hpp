// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "manual_clock.hpp"
#include "memory_journal.hpp"
#include "product_version/observation.hpp"
#include "product_version/product_version.hpp"

// A computer with products in memory, and runs over it.
namespace upshift::test {

inline const std::string family = "{AAAAAAAA-0000-0000-0000-000000000001}";
inline const std::string product_one = "{11111111-0000-0000-0000-000000000001}";
inline const std::string product_two = "{22222222-0000-0000-0000-000000000002}";

/// A package of the family that replaces every older version and notices newer ones.
inline PackageDescription package_of(const std::string& version, std::string product_code = product_one) {
    PackageDescription package;
    package.path = "C:\\packages\\" + version + ".msi";
    package.product_code = std::move(product_code);
    package.upgrade_code = family;
    package.package_code =
        "{CCCCCCCC-0000-0000-0000-" + std::string(12 - version.size(), '0') + version + "}";
    package.version = version;
    package.name = "Probe";
    package.upgrade_rows = {{.upgrade_code = family, .version_max = version},
                            {.upgrade_code = family, .version_min = version, .only_detect = true}};
    return package;
}

/// What is there once the package is installed.
inline InstalledProduct installed_from(const PackageDescription& package) {
    InstalledProduct product;
    product.product_code = package.product_code;
    product.package_code = package.package_code;
    product.version = package.version;
    product.name = package.name;
    product.context = package.context;
    return product;
}

class Computer : public PackageReader,
                 public ProductInventory,
                 public InstallEngine,
                 public Machine,
                 public ProgressSink {
  public:
    using Install = std::function<InstallResult(const InstallOrder&, InstallObserver&)>;

    PackageDescription read(const std::string& path, const std::vector<std::string>& transforms) override {
        read_transforms = transforms;
        read_paths.push_back(path);
        const auto found = packages.find(path);
        if (found == packages.end()) {
            throw OperationError({.kind = ErrorKind::package_unreadable,
                                  .attempted = "read the package",
                                  .object = path,
                                  .found = "there is no such file"});
        }
        return found->second;
    }
    std::vector<InstalledProduct> all() override { return products; }
    std::optional<InstalledProduct> find(const std::string& product_code) override {
        if (is_unreadable) {
            throw OperationError({.kind = ErrorKind::access_denied,
                                  .attempted = "read what is installed",
                                  .found = "access is denied"});
        }
        for (const auto& product : products) {
            if (product.product_code == product_code) {
                return product;
            }
        }
        return std::nullopt;
    }
    /// Every product of this computer is of the family.
    std::vector<InstalledProduct> related(const std::string& upgrade_code) override {
        return upgrade_code == family ? products : std::vector<InstalledProduct>();
    }
    std::vector<Feature> features(const InstalledProduct& product) override {
        return features_of[product.product_code];
    }
    std::vector<InstalledPatch> patches(const InstalledProduct& product) override {
        return patches_of[product.product_code];
    }
    std::string name() const override { return "api"; }
    InstallResult install(const InstallOrder& order, InstallObserver& observer) override {
        orders.push_back(order);
        return when_installing ? when_installing(order, observer) : succeed(order);
    }
    bool has_folder_for_log(const std::string& /*log_path*/) override { return has_log_folder; }
    Clock& clock() override { return time; }
    Journal& journal() override { return notes; }
    bool installer_busy() override {
        const bool is_busy = busy_looks > 0;
        busy_looks -= is_busy ? 1 : 0;
        if (is_busy && busy_looks == 0 && when_free) {
            when_free();
        }
        return is_busy;
    }
    std::vector<std::string> pending_reboots() override { return reboots; }
    void report(const ProgressEvent& event) override {
        events.push_back(event);
        if (when_reported) {
            when_reported(event);
        }
    }

    void add(const PackageDescription& package) { packages[package.path] = package; }

    /// Does what the package says: replaces what is there.
    InstallResult succeed(const InstallOrder& order) {
        products = {installed_from(packages.at(order.path))};
        return {};
    }

    Answer upgrade(ProductVersionRequest request, bool check_mode = false) {
        if (request.packages.empty()) {
            for (const auto& [path, package] : packages) {
                request.packages.push_back({.path = path});
            }
        }
        return upgrade_products(request, {.check_mode = check_mode, .diff = false},
                                {*this, *this, *this, *this}, {time, *this, stop.get_token(), notes});
    }
    Answer upgrade(bool check_mode = false) { return upgrade(ProductVersionRequest(), check_mode); }

    std::map<std::string, PackageDescription> packages;  ///< by path
    std::vector<InstalledProduct> products;
    Install when_installing;  ///< in place of succeed
    std::vector<std::string> reboots;
    std::map<std::string, std::vector<Feature>> features_of;        ///< by product code
    std::map<std::string, std::vector<InstalledPatch>> patches_of;  ///< by product code
    int busy_looks = 0;                                             ///< how often the installer is found busy
    std::function<void()> when_free;                                ///< called at the last of these looks
    std::vector<std::string> read_transforms;
    bool has_log_folder = true;
    bool is_unreadable = false;  ///< what is installed cannot be read
    std::vector<std::string> read_paths;
    std::vector<InstallOrder> orders;
    std::vector<ProgressEvent> events;
    std::function<void(const ProgressEvent&)> when_reported;
    ManualClock time;
    MemoryJournal notes;
    std::stop_source stop;
};

}  // namespace upshift::test
