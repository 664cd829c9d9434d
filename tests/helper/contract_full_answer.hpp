// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "contract/answer.hpp"

namespace upshift::test {

inline TargetRow full_vm_row() {
    TargetRow row;
    row.name = "web01";
    row.host = "hv1";
    row.vm_id = "B637F346-6A0E-4DEC-AF52-BD70CB80A21D";
    row.version_before = "9.0";
    row.version_wanted = "12.0";
    row.version = "9.0";
    row.outcome = Outcome::failed;
    row.changed = true;
    row.reason = "its job failed";
    row.state_before = "running";
    row.state = "off";
    row.discarded = {"before update"};
    row.duration_ms = 1500;
    row.error = ErrorDetail{
        ErrorKind::failed, "upgrade the VM",       "web01",  "the job failed", "a job that succeeds",
        "32768",           "UpgradeSystemVersion", "Failed", "Try again.",     "no space"};
    return row;
}

inline TargetRow full_product_row() {
    TargetRow row;
    row.name = "App";
    row.product_code = "{2}";
    row.product_code_before = "{1}";
    row.package_code_before = "{6}";
    row.package_code = "{7}";
    row.patch_code = "{8}";
    row.version_before = "1.0.0";
    row.version_wanted = "2.0.0";
    row.version = "2.0.0";
    row.outcome = Outcome::upgraded;
    row.changed = true;
    row.duration_ms = 20;
    row.classification = "major_upgrade";
    row.engine = "api";
    row.properties = {{"INSTALLDIR", "C:\\App"}};
    row.log_path = "C:\\log.txt";
    row.reboot_required = true;
    row.reboot_initiated = true;
    return row;
}

inline ProductRow full_product() {
    InstalledProduct product;
    product.product_code = "{1}";
    product.package_code = "{4}";
    product.version = "1.0.0";
    product.name = "App";
    product.publisher = "Maker";
    product.language = 1033;
    product.context = InstallContext::user_managed;
    product.user_sid = "S-1-5-21";
    product.of_another_user = true;
    product.advertised = true;
    product.instance = true;
    return {product, "{3}", {{"{8}", PatchState::superseded, {"{9}"}}}};
}

inline PackageRow full_patch() {
    PackageRow row;
    row.package.path = "a.msp";
    row.package.patch = PatchDescription{"{8}",
                                         {"{9}"},
                                         {{.product_code = "{1}",
                                           .version = "1.0.0",
                                           .version_match = VersionMatch::equal,
                                           .new_product_code = "{2}",
                                           .new_version = "1.0.5",
                                           .upgrade_code = "{3}"}}};
    return row;
}

inline PackageRow full_package() {
    PackageRow row;
    row.package.path = "a.msi";
    row.package.product_code = "{2}";
    row.package.upgrade_code = "{3}";
    row.package.package_code = "{5}";
    row.package.version = "2.0.0";
    row.package.name = "App";
    row.package.publisher = "Maker";
    row.package.language = 1033;
    row.package.either_context = true;
    row.package.upgrade_rows = {{"{3}", "1.0.0", "2.0.0", "1033", true, false, false, false}};
    return row;
}

/// An answer in which every field of every operation has something to say.
inline Answer full_answer() {
    Answer answer;
    answer.message = "1 upgraded, 1 failed";
    answer.error = full_vm_row().error;
    answer.diff = Diff{"before\n", "after\n"};
    answer.check_mode = true;
    answer.simulated = true;
    answer.warnings = {"a sentence"};
    answer.targets = {full_vm_row(), full_product_row()};
    answer.hosts = std::vector<HostRow>{
        {"hv1", "12.0", {"9.0", "12.0"}, "26100", "c1", true, "granted", full_vm_row().error}};
    answer.vms = std::vector<VmRow>{{"web01",
                                     "B637F346-6A0E-4DEC-AF52-BD70CB80A21D",
                                     "hv1",
                                     "9.0",
                                     "saved",
                                     {"before update"},
                                     "primary",
                                     true,
                                     {"hv1", "hv2"}}};
    answer.clusters =
        std::vector<ClusterRow>{{"c1", 12, {"hv1", "hv2"}, {{"hv2", "26100", {"9.0", "12.0"}}}}};
    answer.products = std::vector<ProductRow>{full_product()};
    PackageRow unreadable;
    unreadable.package.path = "b.msi";
    unreadable.error = full_vm_row().error;
    answer.packages = std::vector<PackageRow>{full_package(), full_patch(), unreadable};
    answer.run = RunRow{.id = "20260101T000000Z-00000000",
                        .operation = "hyperv_vm_version",
                        .state = "running",
                        .begun = "2026-01-01T00:00:00Z",
                        .cancelling = true,
                        .progress = ProgressEvent{
                            .target = "web01", .text = "upgrading", .done = 1, .total = 3, .percent = 40}};
    return answer;
}

}  // namespace upshift::test
