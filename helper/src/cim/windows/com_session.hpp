// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <map>
#include <memory>
#include <mutex>
#include <wbemcli.h>

#include "cim/cim_session.hpp"
#include "cim/windows/com_class.hpp"
#include "cim/windows/com_security.hpp"

namespace upshift::cim {

/// One namespace over IWbemServices. Queries are semisynchronous and forward-only, in batches, with their
/// columns named.
class ComSession : public CimSession {
  public:
    /// The services are protected already.
    ComSession(std::shared_ptr<ComProcess> process, ComPointer<IWbemServices> services, std::string host);
    ComSession(const ComSession&) = delete;
    ComSession& operator=(const ComSession&) = delete;
    ~ComSession() override;

    std::vector<Instance> query(const Query& query) override;
    std::optional<Instance> get(const ObjectPath& path, const std::vector<std::string>& columns) override;
    std::vector<Instance> references(const ObjectPath& object, const std::string& association_class,
                                     const std::vector<std::string>& columns) override;
    MethodResult invoke(const ObjectPath& object, const std::string& method,
                        const NamedValues& parameters) override;

  private:
    std::shared_ptr<const ComClass> class_named(const std::string& name);
    std::vector<Instance> rows_of(const std::string& query, const std::string& class_name,
                                  const std::vector<std::string>& columns, bool needs_paths);

    std::shared_ptr<ComProcess> process_;
    ComPointer<IWbemServices> services_;
    std::string host_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const ComClass>> classes_;  ///< those asked for so far
};

}  // namespace upshift::cim
