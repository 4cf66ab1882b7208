"""No test reaches the network. These tests would, if they could."""

import socket
import urllib.request

import pytest
from pytest_socket import SocketBlockedError, SocketConnectBlockedError

NOWHERE = "192.0.2.1"  # set aside for documentation, RFC 5737: nothing is ever there


def test_an_address_outside_is_refused() -> None:
    with socket.socket() as line, pytest.raises(SocketConnectBlockedError):
        line.connect((NOWHERE, 80))


def test_a_name_is_not_even_looked_up() -> None:
    with pytest.raises(SocketBlockedError):
        socket.create_connection(("example.org", 80))
    with pytest.raises(SocketBlockedError):
        urllib.request.urlopen("http://example.org/")


def test_a_server_of_our_own_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = socket.create_connection(server.getsockname(), timeout=5)
        assert line.getpeername() == server.getsockname()
        line.close()
