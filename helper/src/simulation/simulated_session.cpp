// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_session.hpp"

#include "cim/wmi_codes.hpp"
#include "simulation/wbem_codes.hpp"

namespace upshift::simulation {

namespace {

using cim::Instance;
using cim::ObjectPath;

/// Makes calls to one host, each unless a fault is planned for it.
class FaultyLine {
  public:
    FaultyLine(std::string host, std::shared_ptr<FaultPlan> faults)
        : host_(std::move(host)), faults_(std::move(faults)) {}

    template <typename Call>
    auto make(std::string_view kind, const std::string& subject, const std::string& attempted,
              const Call& call) const {
        try {
            return faults_ ? faults_->make(kind, subject, host_, call) : call();
        } catch (const CimFault& fault) {
            if (fault.told() != nullptr) {
                throw OperationError(*fault.told());
            }
            throw cim::wmi_error(fault.code(), attempted, host_);
        }
    }

  private:
    std::string host_;
    std::shared_ptr<FaultPlan> faults_;
};

class SimulatedSession : public cim::CimSession {
  public:
    SimulatedSession(std::shared_ptr<CimModel> model, Place place, FaultyLine line)
        : model_(std::move(model)), place_(std::move(place)), line_(std::move(line)) {}

    std::vector<Instance> query(const cim::Query& query) override {
        return line_.make("query", query.class_name, "read " + query.class_name + " of",
                          [&] { return model_->query(place_, query); });
    }

    std::optional<Instance> get(const ObjectPath& path, const std::vector<std::string>& columns) override {
        try {
            return line_.make("get", path.class_name, "read " + path.class_name + " of",
                              [&] { return model_->get(place_, path, columns); });
        } catch (const cim::CimError& error) {
            if (error.code() == wbem_e_not_found || error.code() == wbem_e_invalid_class) {
                return std::nullopt;
            }
            throw;
        }
    }

    std::vector<Instance> references(const ObjectPath& object, const std::string& association_class,
                                     const std::vector<std::string>& columns) override {
        return line_.make("references", association_class, "read " + association_class + " of",
                          [&] { return model_->references(place_, object, association_class, columns); });
    }

    cim::MethodResult invoke(const ObjectPath& object, const std::string& method,
                             const cim::NamedValues& parameters) override {
        return line_.make("invoke", method, "call " + method + " on",
                          [&] { return model_->invoke(place_, object, method, parameters); });
    }

  private:
    std::shared_ptr<CimModel> model_;
    Place place_;
    FaultyLine line_;
};

}  // namespace

std::shared_ptr<cim::CimSession> SimulatedConnector::connect(const std::string& host,
                                                             const std::string& cim_namespace) {
    FaultyLine line(host, faults_);
    auto place = line.make("connect", cim_namespace, "connect to " + cim_namespace + " of",
                           [&] { return model_->connect(host, cim_namespace); });
    return std::make_shared<SimulatedSession>(model_, std::move(place), std::move(line));
}

}  // namespace upshift::simulation
