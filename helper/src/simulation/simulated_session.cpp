// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_session.hpp"

#include "cim/wmi_codes.hpp"

namespace upshift::simulation {

namespace {

using cim::Instance;
using cim::ObjectPath;

template <typename Call>
auto translating_faults(const std::string& attempted, const std::string& object, const Call& call) {
    try {
        return call();
    } catch (const CimFault& fault) {
        throw cim::wmi_error(fault.code(), attempted, object);
    }
}

class SimulatedSession : public cim::CimSession {
  public:
    SimulatedSession(std::shared_ptr<CimModel> model, std::string host)
        : model_(std::move(model)), host_(std::move(host)) {}

    std::vector<Instance> query(const cim::Query& query) override {
        return translating_faults("read " + query.class_name + " of", host_,
                                  [&] { return model_->query(host_, query); });
    }

    std::optional<Instance> get(const ObjectPath& path, const std::vector<std::string>& columns) override {
        return translating_faults("read " + path.class_name + " of", host_,
                                  [&] { return model_->get(host_, path, columns); });
    }

    std::vector<Instance> references(const ObjectPath& object, const std::string& association_class,
                                     const std::vector<std::string>& columns) override {
        return translating_faults("read " + association_class + " of", host_, [&] {
            return model_->references(host_, object, association_class, columns);
        });
    }

    cim::MethodResult invoke(const ObjectPath& object, const std::string& method,
                             const cim::NamedValues& parameters) override {
        return translating_faults("call " + method + " on", host_,
                                  [&] { return model_->invoke(host_, object, method, parameters); });
    }

  private:
    std::shared_ptr<CimModel> model_;
    std::string host_;
};

}  // namespace

std::shared_ptr<cim::CimSession> SimulatedConnector::connect(const std::string& host,
                                                             const std::string& cim_namespace) {
    translating_faults("connect to " + cim_namespace + " of", host,
                       [&] { model_->connect(host, cim_namespace); });
    return std::make_shared<SimulatedSession>(model_, host);
}

}  // namespace upshift::simulation
