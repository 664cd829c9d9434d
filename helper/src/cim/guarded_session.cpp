// SPDX-License-Identifier: GPL-3.0-or-later
#include "cim/guarded_session.hpp"

#include <array>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

#include "cim/wmi_codes.hpp"

namespace upshift::cim {

namespace {

/// Between one try and the next.
constexpr std::array<std::chrono::milliseconds, 4> pauses{
    std::chrono::milliseconds(250), std::chrono::milliseconds(1000), std::chrono::milliseconds(2500),
    std::chrono::milliseconds(6000)};

std::string in_seconds(std::chrono::steady_clock::duration time) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).count();
    return std::to_string(seconds) + (seconds == 1 ? " second" : " seconds");
}

/// What was called, on which host.
struct CallName {
    std::string host;
    std::string call;
};

using Duration = std::chrono::steady_clock::duration;

CimError unanswered(CallEnd end, const CallName& name, Duration at_most) {
    const bool stopped = end == CallEnd::stopped;
    return {{.kind = stopped ? ErrorKind::cancelled : ErrorKind::timeout,
             .attempted = "get an answer to the call \"" + name.call + "\" from host",
             .object = name.host,
             .found = stopped ? "there was none when the run was told to stop"
                              : "there was none within " + in_seconds(at_most),
             .hint = stopped ? "Run it again to do what is left."
                             : "Look whether WMI and Hyper-V on the host answer others."},
            0,
            false,
            true};
}

template <typename Result>
struct Outcome {
    std::optional<Result> value;
    std::exception_ptr error;
};

}  // namespace

class GuardedConnector::Guard {
  public:
    Guard(const CallLimits& limits, Clock& clock, std::stop_token stop)
        : limits_(limits), clock_(clock), stop_(std::move(stop)), threads_(limits, stop_) {}

    Duration for_method() const { return limits_.method.value_or(limits_.call); }

    /// The call owns all that it uses.
    template <typename Result>
    Result once(const CallName& name, Duration at_most, std::function<Result()> call) {
        const auto outcome = std::make_shared<Outcome<Result>>();
        const auto work = [outcome, call = std::move(call)] {
            try {
                outcome->value = call();
            } catch (...) {
                outcome->error = std::current_exception();
            }
        };
        const auto end = threads_.run(work, at_most);
        if (end != CallEnd::returned) {
            throw unanswered(end, name, at_most);
        }
        std::optional<Result>& value = outcome->value;
        if (!value) {
            std::rethrow_exception(outcome->error);
        }
        return std::move(*value);
    }

    template <typename Result>
    Result repeatedly(const CallName& name, const std::function<Result()>& call) {
        const auto given_up_at = clock_.now() + limits_.call;
        for (const auto pause : pauses) {
            try {
                return once<Result>(name, limits_.call, call);
            } catch (const CimError& error) {
                if (!error.passing() || stop_.stop_requested() || clock_.now() + pause > given_up_at) {
                    throw;
                }
            }
            clock_.wait_until(clock_.now() + pause, stop_);
        }
        return once<Result>(name, limits_.call, call);
    }

  private:
    CallLimits limits_;
    Clock& clock_;
    std::stop_token stop_;
    CallThreads threads_;
};

namespace {

class GuardedSession : public CimSession {
  public:
    GuardedSession(std::shared_ptr<CimSession> real, std::string host,
                   std::shared_ptr<GuardedConnector::Guard> guard)
        : real_(std::move(real)), host_(std::move(host)), guard_(std::move(guard)) {}

    std::vector<Instance> query(const Query& query) override {
        return guard_->repeatedly<std::vector<Instance>>(
            {host_, "query " + query.class_name}, [real = real_, query] { return real->query(query); });
    }

    std::optional<Instance> get(const ObjectPath& path, const std::vector<std::string>& columns) override {
        return guard_->repeatedly<std::optional<Instance>>(
            {host_, "get " + path.class_name},
            [real = real_, path, columns] { return real->get(path, columns); });
    }

    std::vector<Instance> references(const ObjectPath& object, const std::string& association_class,
                                     const std::vector<std::string>& columns) override {
        return guard_->repeatedly<std::vector<Instance>>(
            {host_, "references " + association_class}, [real = real_, object, association_class, columns] {
                return real->references(object, association_class, columns);
            });
    }

    MethodResult invoke(const ObjectPath& object, const std::string& method,
                        const NamedValues& parameters) override {
        return guard_->once<MethodResult>(
            {host_, "invoke " + method}, guard_->for_method(),
            [real = real_, object, method, parameters] { return real->invoke(object, method, parameters); });
    }

  private:
    std::shared_ptr<CimSession> real_;
    std::string host_;
    std::shared_ptr<GuardedConnector::Guard> guard_;
};

}  // namespace

GuardedConnector::GuardedConnector(std::shared_ptr<CimConnector> real, const CallLimits& limits, Clock& clock,
                                   std::stop_token stop)
    : real_(std::move(real)), guard_(std::make_shared<Guard>(limits, clock, std::move(stop))) {}

std::shared_ptr<CimSession> GuardedConnector::connect(const std::string& host,
                                                      const std::string& cim_namespace) {
    auto session = guard_->repeatedly<std::shared_ptr<CimSession>>(
        {host, "connect " + cim_namespace},
        [real = real_, host, cim_namespace] { return real->connect(host, cim_namespace); });
    return std::make_shared<GuardedSession>(std::move(session), host, guard_);
}

}  // namespace upshift::cim
