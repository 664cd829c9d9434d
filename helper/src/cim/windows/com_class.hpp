// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <string>
#include <vector>
#include <wbemcli.h>

#include "cim/cim_session.hpp"
#include "cim/windows/com_pointer.hpp"

namespace upshift::cim {

/// The definition of a class, by which WMI tells its keys and what its methods take. May be used from
/// several threads: nothing here changes it.
class ComClass {
  public:
    /// Takes over what IWbemServices::GetObject gave for the class.
    explicit ComClass(ComPointer<IWbemClassObject> definition);

    const std::vector<std::string>& keys() const { return keys_; }
    /// \\SERVER\namespace: as it stands before a path that is handed over.
    const std::string& path_prefix() const { return path_prefix_; }
    IWbemClassObject& definition() const { return *definition_.get(); }

  private:
    ComPointer<IWbemClassObject> definition_;
    std::vector<std::string> keys_;
    std::string path_prefix_;
};

/// The in parameters of one call, or an empty pointer where the method takes none. Throws CimError with a
/// code that says what does not fit; the method did not run.
ComPointer<IWbemClassObject> in_parameters(IWbemServices& services, const ComClass& of_class,
                                           const std::string& method, const NamedValues& parameters);

/// ReturnValue and the other out parameters; `out` is null where there are none.
MethodResult method_result(IWbemClassObject* out);

}  // namespace upshift::cim
