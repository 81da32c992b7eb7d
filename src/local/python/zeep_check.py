"""Checks the EVERY8D simulator with an independent SOAP client: every operation, in SOAP 1.1 and 1.2.

    java -cp target/test-classes hoopoe.local.every8d.Every8dSimulator 8701 demo secret &
    python zeep_check.py http://127.0.0.1:8701/API21/SOAP/SMS.asmx?WSDL demo secret

Needs zeep. Exits with 1 and says why when an answer is not what the service would give.
"""

import re
import sys
import time
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import quoteattr

import requests
import zeep
import zeep.exceptions

OPERATIONS = {
    "getConnection",
    "closeConnection",
    "sendSMS",
    "sendMessage",
    "sendParamSMS",
    "getDeliveryStatus",
    "getCredit",
    "eraseBooking",
    "getFreePhoneCallinLog",
}
GUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# How .NET words it: in SOAP 1.1 by the header that names the action, in SOAP 1.2 by the action itself.
UNKNOWN_ACTION = {
    "SMSSoap": "did not recognize the value of HTTP Header SOAPAction: http://tempuri.org/nope",
    "SMSSoap12": "The action 'http://tempuri.org/nope' was not recognized",
}
TEXT = "<>&\"]]> 中文 😀"


def expect(condition, what):
    if not condition:
        raise SystemExit("zeep: " + what)


def login(service, user, password):
    answer = ET.fromstring(service.getConnection(userID=user, password=password).split("?>", 1)[1])
    expect(answer.findtext("GET_CONNECTION/CODE") == "0", "login: " + ET.tostring(answer, "unicode"))
    return answer.findtext("GET_CONNECTION/SESSION_KEY")


def batch_of(line, sent):
    fields = line.split(",")
    expect(len(fields) == 5, "five fields: " + line)
    expect(fields[1] == str(sent) and fields[3] == "0", "all sent: " + line)
    expect(re.fullmatch(GUID, fields[4]), "a GUID: " + line)
    return fields[4]


def rows(service, key, batch):
    answer = service.getDeliveryStatus(sessionKey=key, batchID=batch, pageNo="1")
    log = ET.fromstring(answer.split("?>", 1)[1])
    expect(log.findtext("CODE") == "0", "report: " + answer)
    found = log.findall("GET_DELIVERY_STATUS/SMS")
    expect(log.find("GET_DELIVERY_STATUS").get("COUNT") == str(len(found)), "COUNT: " + answer)
    return found


def user(mobile, text):
    cdata = "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return f'<USER NAME={quoteattr("A & B")} MOBILE="{mobile}" EMAIL="" SENDTIME="">{cdata}</USER>'


def check(client, port, user_id, password):
    service = client.bind("SMS", port)
    key = login(service, user_id, password)
    credit = float(service.getCredit(sessionKey=key))

    batch = batch_of(
        service.sendSMS(
            sessionKey=key, subject="", content=TEXT, mobile="+886912345678,+886912345901", sendTime=""
        ),
        2,
    )
    expect(float(service.getCredit(sessionKey=key)) == credit - 2, "two points are taken")
    found = rows(service, key, batch)
    expect([row.findtext("MOBILE").strip() for row in found] == ["+886912345678", "+886912345901"], "rows")

    batch_of(
        service.sendMessage(
            sessionKey=key, subject="note", content="x", mobile="0912345678", sendTime="", retryTime="30"
        ),
        1,
    )
    receivers = "<REPS>" + user("+886900000001", TEXT) + user("+886900000002", "b") + "</REPS>"
    batch = batch_of(service.sendParamSMS(sessionKey=key, subject="", contentXML=receivers, sendTime=""), 2)
    expect(rows(service, key, batch)[0].findtext("NAME") == "A & B", "the name comes back")

    tomorrow = datetime.now(timezone(timedelta(hours=8))) + timedelta(days=1)
    batch = batch_of(
        service.sendSMS(
            sessionKey=key,
            subject="",
            content="later",
            mobile="0912345678",
            sendTime=tomorrow.strftime("%Y%m%d%H%M%S"),
        ),
        1,
    )
    expect(rows(service, key, batch)[0].findtext("STATUS") == "300", "scheduled")
    expect(service.eraseBooking(sessionKey=key, batchID=batch) == "1,1.00", "erased, points back")
    expect(not service.eraseBooking(sessionKey=key, batchID=batch), "erased already: empty")
    expect(rows(service, key, batch)[0].findtext("STATUS") == "303", "cancelled")

    expect(
        not service.getFreePhoneCallinLog(
            sessionKey=key, activityID="", beginDate="", endDate="", pageNo="1"
        ),
        "free phone calls: empty",
    )
    expect(service.closeConnection(sessionKey=key) == "1", "closed")
    expect(service.getCredit(sessionKey=key).startswith("-301"), "a closed key is dead")


def check_fault(client, address, port):
    """An operation that the service does not have is a fault that the client understands."""
    service = client.create_service("{http://tempuri.org/}" + port, address)
    service._binding._operations["getCredit"].soapaction = "http://tempuri.org/nope"
    try:
        service.getCredit(sessionKey="x")
    except zeep.exceptions.Fault as fault:
        expect(UNKNOWN_ACTION[port] in fault.message, "fault of " + port + ": " + fault.message)
        return
    raise SystemExit("zeep: no fault for an unknown action")


def description(url):
    """The description, once the simulator is up."""
    for _ in range(60):
        try:
            return zeep.Client(url)
        except requests.exceptions.ConnectionError:
            time.sleep(0.5)
    raise SystemExit("zeep: nobody answers at " + url)


def main(url, user_id, password):
    address = url.split("?", 1)[0]
    client = description(url)
    ports = client.wsdl.services["SMS"].ports
    expect(set(ports) == {"SMSSoap", "SMSSoap12"}, "two ports: " + str(list(ports)))
    for name, port in ports.items():
        expect(set(port.binding._operations) == OPERATIONS, "operations of " + name)
        expect(port.binding_options["address"] == address, "address of " + name)
        check(client, name, user_id, password)
        check_fault(zeep.Client(url), address, name)
        print("zeep:", name, "ok")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
