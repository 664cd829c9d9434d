# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads requests of WS-Management, and writes answers and faults as WinRM does."""

from __future__ import annotations

import dataclasses
import re
import uuid
import xml.etree.ElementTree as ElementTree
from xml.sax.saxutils import escape, quoteattr

ENVELOPE = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
CMD = f"{SHELL}/cmd"
POWERSHELL = "http://schemas.microsoft.com/powershell/Microsoft.PowerShell"
NAMES = {"s": ENVELOPE, "a": ADDRESSING, "w": WSMAN, "rsp": SHELL, "x": TRANSFER}
ACTIONS = {f"{TRANSFER}/Create": "Create", f"{TRANSFER}/Delete": "Delete",
           **{f"{SHELL}/{name}": name for name in ("Command", "Send", "Receive", "Signal")}}


class Fault(Exception):
    """A request that WinRM refuses. `code` is the one of Windows, 0 where there is none."""

    def __init__(self, subcode: str, reason: str, code: int = 0, *, receiver: bool = False, of_wmi: bool = False):
        super().__init__(reason)
        self.subcode, self.reason, self.code = subcode, reason, code
        self.receiver, self.of_wmi = receiver, of_wmi


def timed_out() -> Fault:
    return Fault("w:TimedOut", "The WS-Management service cannot complete the operation within the time specified in "
                 "OperationTimeout.", 2150858793, receiver=True)


def no_such_shell(shell_id: str | None) -> Fault:
    return Fault("w:InvalidSelectors", f"The request for the Windows Remote Shell with ShellId {shell_id} failed because the "
                 "shell was not found on the server. Possible causes are: the specified ShellId is incorrect or the shell no "
                 "longer exists on the server. Provide the correct ShellId or create a new shell and retry the operation.",
                 2150858843)


def quota_exceeded(what: str) -> Fault:
    """ansible-core reads this code from the part of the fault that comes from WMI (0x803381A6)."""
    return Fault("w:QuotaLimit", f"The WS-Management service cannot process the request. The maximum number of concurrent "
                 f"{what} for this user has been exceeded. Close existing {what} for this user, or raise the quota for this "
                 "user.", 2150859174, of_wmi=True)


@dataclasses.dataclass(frozen=True)
class Request:
    action: str
    resource: str
    message_id: str
    shell_id: str | None
    operation_timeout: float
    max_envelope: int
    options: dict[str, str]
    body: ElementTree.Element

    def find(self, path: str) -> ElementTree.Element | None:
        return self.body.find(path, NAMES)

    def text(self, path: str, default: str = "") -> str:
        found = self.find(path)
        return default if found is None or found.text is None else found.text


def _seconds(duration: str | None) -> float:
    """An XML duration such as PT20S or PT0.5S; WinRM's own limit of a minute where there is none."""
    found = re.fullmatch(r"PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?", (duration or "").strip())
    if not found:
        return 60.0
    hours, minutes, seconds = found.groups()
    return min(60.0, float(hours or 0) * 3600 + float(minutes or 0) * 60 + float(seconds or 0))


def read(text: bytes) -> Request:
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise Fault("s:Sender", f"The request is no XML: {error}.") from error
    header, body = root.find("s:Header", NAMES), root.find("s:Body", NAMES)
    if header is None or body is None:
        raise Fault("s:Sender", "The request has no SOAP header or no body.")
    action = ACTIONS.get(header.findtext("a:Action", "", NAMES).strip())
    if action is None:
        raise Fault("a:ActionNotSupported", f"The action {header.findtext('a:Action', '', NAMES)!r} is not supported.")
    resource = header.findtext("w:ResourceURI", "", NAMES).strip()
    if resource not in (CMD, POWERSHELL):
        raise Fault("a:DestinationUnreachable", f"The resource {resource!r} is no shell.")
    selectors = {selector.get("Name"): selector.text for selector in header.iterfind("w:SelectorSet/w:Selector", NAMES)}
    options = {option.get("Name", ""): option.text or "" for option in header.iterfind("w:OptionSet/w:Option", NAMES)}
    return Request(action, resource, header.findtext("a:MessageID", "", NAMES).strip(), selectors.get("ShellId"),
                   _seconds(header.findtext("w:OperationTimeout", None, NAMES)),
                   int(header.findtext("w:MaxEnvelopeSize", "512000", NAMES)), options, body)


def _envelope(action: str, relates_to: str, body: str) -> bytes:
    names = " ".join(f"xmlns:{prefix}={quoteattr(name)}" for prefix, name in NAMES.items())
    answered = f"<a:RelatesTo>{escape(relates_to)}</a:RelatesTo>" if relates_to else ""
    return (f"<s:Envelope xml:lang=\"en-US\" {names}><s:Header><a:Action>{action}</a:Action>"
            f"<a:MessageID>uuid:{str(uuid.uuid4()).upper()}</a:MessageID>"
            f"<a:To>{ADDRESSING}/role/anonymous</a:To>{answered}</s:Header>"
            f"<s:Body>{body}</s:Body></s:Envelope>").encode()


def answer(request: Request, body: str = "") -> bytes:
    family = TRANSFER if request.action in ("Create", "Delete") else SHELL
    return _envelope(f"{family}/{request.action}Response", request.message_id, body)


def fault(refusal: Fault, relates_to: str = "") -> bytes:
    side = "s:Receiver" if refusal.receiver else "s:Sender"
    subcode = f"<s:Subcode><s:Value>{refusal.subcode}</s:Value></s:Subcode>" if refusal.subcode != side else ""
    message = escape(refusal.reason)
    told = ""
    if refusal.code:
        told = (f"<f:WSManFault xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"{refusal.code}\" "
                f"Machine=\"127.0.0.1\"><f:Message>{message}</f:Message></f:WSManFault>")
    if refusal.of_wmi:
        told += ("<p:MSFT_WmiError xmlns:p=\"http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/MSFT_WmiError\">"
                 f"<p:error_Code>{refusal.code}</p:error_Code></p:MSFT_WmiError>")
    body = (f"<s:Fault><s:Code><s:Value>{side}</s:Value>{subcode}</s:Code><s:Reason><s:Text xml:lang=\"en-US\">{message}"
            f"</s:Text></s:Reason><s:Detail>{told}</s:Detail></s:Fault>")
    return _envelope("http://schemas.dmtf.org/wbem/wsman/1/wsman/fault", relates_to, body)
