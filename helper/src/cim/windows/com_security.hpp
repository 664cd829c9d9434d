// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <windows.h>

#include <objbase.h>

namespace upshift::cim {

/// Keeps COM's multithreaded apartment alive, and this process's security set, as long as it lives. Made on
/// first use by ComConnector. Throws CimError.
class ComProcess {
  public:
    ComProcess();
    ComProcess(const ComProcess&) = delete;
    ComProcess& operator=(const ComProcess&) = delete;
    ~ComProcess();

  private:
    CO_MTA_USAGE_COOKIE cookie_ = nullptr;
};

/// Puts the calling thread into the multithreaded apartment for one call. A thread that has an apartment
/// of another kind stays in that.
class ComThread {
  public:
    ComThread();
    ComThread(const ComThread&) = delete;
    ComThread& operator=(const ComThread&) = delete;
    ~ComThread();

  private:
    bool entered_;
};

/// Has every call through the proxy encrypted, as root\MSCluster demands of all clients and others of those
/// on other hosts. An object that is no proxy needs nothing. Gives the HRESULT.
HRESULT protect(IUnknown& proxy);

}  // namespace upshift::cim
