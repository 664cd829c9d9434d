// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_installer.hpp"

#include <algorithm>

#include "product_version/classify.hpp"
#include "simulation/described_packages.hpp"
#include "simulation/simulated_patch.hpp"

namespace upshift::simulation {

namespace {

// "MsiExec.exe and InstMsi.exe Error Messages", Microsoft.
constexpr std::uint32_t user_exit = 1602;
constexpr std::uint32_t unknown_product = 1605;
constexpr std::uint32_t already_running = 1618;
constexpr std::uint32_t other_version_installed = 1638;
constexpr std::uint32_t invalid_command_line = 1639;
constexpr std::uint32_t patch_target_not_found = 1642;

bool is_replaced_by(const DescribedProduct& installed, const PackageDescription& package) {
    const RelatedProduct related{installed.product, installed.upgrade_code};
    return std::ranges::any_of(
        package.upgrade_rows, [&](const auto& row) { return !row.only_detect && row_matches(row, related); });
}

DescribedProduct product_of(const PackageDescription& package) {
    return {.product = {.product_code = package.product_code,
                        .package_code = package.package_code,
                        .version = package.version,
                        .name = package.name,
                        .publisher = package.publisher,
                        .language = package.language,
                        .context = package.context},
            .upgrade_code = package.upgrade_code,
            .features = {},
            .patches = {}};
}

void erase_code(std::vector<DescribedProduct>& products, const std::string& product_code) {
    std::erase_if(products, [&](const auto& each) { return each.product.product_code == product_code; });
}

const DescribedProduct* find_code(const std::vector<DescribedProduct>& products,
                                  const std::string& product_code) {
    const auto found = std::ranges::find_if(
        products, [&](const auto& each) { return each.product.product_code == product_code; });
    return found == products.end() ? nullptr : &*found;
}

bool has_needed_properties(const InstallOrder& order, const PackageBehaviour& behaviour) {
    return std::ranges::all_of(behaviour.needs_properties, [&](const auto& needed) {
        return std::ranges::any_of(order.properties, [&](const auto& given) {
            return given.first == needed.first && given.second == needed.second;
        });
    });
}

bool reinstalls(const InstallOrder& order) {
    return std::ranges::any_of(order.properties,
                               [](const auto& property) { return property.first == "REINSTALL"; });
}

Clock::TimePoint::duration duration_of(double seconds) {
    return std::chrono::duration_cast<Clock::TimePoint::duration>(std::chrono::duration<double>(seconds));
}

/// When the last of them ends.
double longest(const std::vector<OtherInstallation>& others) {
    double seconds = 0;
    for (const auto& other : others) {
        seconds = std::max(seconds, other.seconds);
    }
    return seconds;
}

}  // namespace

SimulatedInstaller::SimulatedInstaller(DescribedProducts described, ProductChanges earlier, Store store,
                                       Clock& clock)
    : products_(std::move(described.products)),
      packages_(std::move(described.packages)),
      others_(std::move(described.other_installations)),
      changes_(std::move(earlier)),
      store_(std::move(store)),
      clock_(clock),
      others_end_(clock.now() + duration_of(longest(others_))) {
    if (changes_.others_ended) {
        others_.clear();
    }
    for (const auto& code : changes_.gone) {
        erase_code(products_, code);
    }
    for (const auto& present : changes_.present) {
        erase_code(products_, present.product.product_code);
        products_.push_back(present);
    }
}

std::vector<DescribedProduct> SimulatedInstaller::products() const {
    const std::lock_guard lock(mutex_);
    return products_;
}

PackageDescription SimulatedInstaller::read(const std::string& path,
                                            const std::vector<std::string>& transforms) const {
    return transformed(find_package(packages_, path), transforms);
}

bool SimulatedInstaller::is_upgrade_package(const std::string& path) const {
    return find_package(packages_, path).behaviour.upgrade_package;
}

bool SimulatedInstaller::is_busy() {
    const std::lock_guard lock(mutex_);
    if (others_.empty()) {
        return false;
    }
    if (clock_.now() < others_end_) {
        return true;
    }
    end_others();
    return false;
}

void SimulatedInstaller::end_others() {
    for (const auto& other : others_) {
        for (const auto& product : other.installs) {
            remove(product.product.product_code);
            add(product);
        }
    }
    others_.clear();
    changes_.others_ended = true;
    if (store_) {
        store_(changes_);
    }
}

std::vector<std::string> SimulatedInstaller::pending_reboots() const {
    const std::lock_guard lock(mutex_);
    return asks_for_reboot_ ? std::vector<std::string>{"PendingFileRenameOperations"}
                            : std::vector<std::string>();
}

InstallResult SimulatedInstaller::install(const InstallOrder& order, InstallObserver& observer) {
    if (!store_) {
        throw OperationError({.kind = ErrorKind::internal,
                              .attempted = "run the installer",
                              .object = order.path.empty() ? order.product_code : order.path,
                              .found = "this run may only read the simulation"});
    }
    if (is_busy()) {
        return {.code = already_running};
    }
    return order.path.empty() ? remove_product(order.product_code) : install_package(order, observer);
}

InstallResult SimulatedInstaller::remove_product(const std::string& product_code) {
    const std::lock_guard lock(mutex_);
    if (find_code(products_, product_code) == nullptr) {
        return {.code = unknown_product};
    }
    remove(product_code);
    store_(changes_);
    return {};
}

InstallResult SimulatedInstaller::install_package(const InstallOrder& order, InstallObserver& observer) {
    PackageDescription package = read(order.path, order.transforms);
    package.context = context_with(package, {order.properties.begin(), order.properties.end()});
    const PackageBehaviour& behaviour = find_package(packages_, order.path).behaviour;
    if (refusals_[order.path] < behaviour.busy) {
        ++refusals_[order.path];
        return {.code = already_running};
    }
    if (!has_needed_properties(order, behaviour)) {
        return {.code = invalid_command_line};
    }
    auto after_patch = package.patch ? patched_product(*package.patch, order) : std::nullopt;
    if (package.patch && !after_patch) {
        return {.code = patch_target_not_found};
    }
    if (!package.patch && is_refused(package, order)) {
        return {.code = other_version_installed};
    }
    observer.action_started("INSTALL");
    if (!take_time(behaviour, observer)) {
        return {.code = user_exit};
    }
    if (!behaviour.failing_action.empty()) {
        observer.action_started(behaviour.failing_action);
    }
    if (after_patch) {
        apply_patch(std::move(*after_patch), behaviour);
    } else {
        take_effect(package, behaviour);
    }
    observer.progressed(100);
    return {
        .code = behaviour.result, .failing_action = behaviour.failing_action, .texts = behaviour.error_texts};
}

/// Another package of an installed product is only taken to reinstall that ("Changing the Product Code").
bool SimulatedInstaller::is_refused(const PackageDescription& package, const InstallOrder& order) const {
    const std::lock_guard lock(mutex_);
    const auto* installed = find_code(products_, package.product_code);
    return installed != nullptr && installed->product.package_code != package.package_code &&
           !reinstalls(order);
}

std::optional<DescribedProduct> SimulatedInstaller::patched_product(const PatchDescription& patch,
                                                                    const InstallOrder& order) const {
    const std::lock_guard lock(mutex_);
    return patched(patch, products_, order.installed ? order.installed->product_code : "");
}

void SimulatedInstaller::apply_patch(DescribedProduct product, const PackageBehaviour& behaviour) {
    const std::lock_guard lock(mutex_);
    asks_for_reboot_ = asks_for_reboot_ || behaviour.asks_for_reboot;
    product.features = behaviour.features.value_or(product.features);
    if (behaviour.takes_effect) {
        remove(product.product.product_code);
        add(std::move(product));
    }
    store_(changes_);
}

/// False where it was cancelled.
bool SimulatedInstaller::take_time(const PackageBehaviour& behaviour, InstallObserver& observer) const {
    constexpr int steps = 20;
    const auto begun = clock_.now();
    for (int step = 1; step <= steps && behaviour.seconds > 0; ++step) {
        if (observer.cancel_requested() && !behaviour.ignores_cancel) {
            return false;
        }
        clock_.wait_until(begun + duration_of(behaviour.seconds * step / steps), {});
        observer.progressed(step * 100 / steps);
    }
    return true;
}

void SimulatedInstaller::take_effect(const PackageDescription& package, const PackageBehaviour& behaviour) {
    const std::lock_guard lock(mutex_);
    asks_for_reboot_ = asks_for_reboot_ || behaviour.asks_for_reboot;
    const auto replaced = replaced_by(package);
    const bool is_replacing = behaviour.takes_effect ? !behaviour.keeps_old : behaviour.loses_old;
    const auto* same = find_code(products_, package.product_code);
    DescribedProduct product = product_of(package);
    if (same != nullptr) {
        product.features = same->features;
    } else if (!replaced.empty()) {
        product.features = replaced.front().features;
    }
    product.features = behaviour.features.value_or(product.features);
    if (is_replacing) {
        for (const auto& each : replaced) {
            remove(each.product.product_code);
        }
    }
    if (behaviour.takes_effect) {
        remove(package.product_code);
        add(std::move(product));
    }
    store_(changes_);
}

std::vector<DescribedProduct> SimulatedInstaller::replaced_by(const PackageDescription& package) const {
    std::vector<DescribedProduct> replaced;
    for (const auto& installed : products_) {
        if (installed.product.product_code != package.product_code && is_replaced_by(installed, package)) {
            replaced.push_back(installed);
        }
    }
    return replaced;
}

void SimulatedInstaller::add(DescribedProduct product) {
    std::erase(changes_.gone, product.product.product_code);
    products_.push_back(std::move(product));
    changes_.present.push_back(products_.back());
}

void SimulatedInstaller::remove(const std::string& product_code) {
    erase_code(products_, product_code);
    erase_code(changes_.present, product_code);
    std::erase(changes_.gone, product_code);
    changes_.gone.push_back(product_code);
}

}  // namespace upshift::simulation
