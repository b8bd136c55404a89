#!/usr/bin/env bash
# Postfix and Dovecot for the tests: on loopback, below one folder, on ports of the caller's choice.
#   mail-servers.sh start|stop FOLDER
# start wants MAIL_DOMAIN, MAIL_PASSWORD and PORT_SMTP, PORT_SUBMISSION, PORT_SUBMISSIONS, PORT_IMAPS, PORT_LMTP, PORT_LISTENER.
# Every local part of the domain is a mailbox with that password, save those beginning with "nobody" (550). Mail for
# listener.test goes on to PORT_LISTENER by SMTP; every other domain is refused: no mail leaves.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
folder=$2
postfix=$folder/postfix dovecot=$folder/dovecot

write_certificate() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout "$folder/key.pem" -out "$folder/cert.pem" -subj /CN=localhost \
    -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" 2>"$folder/openssl.log"
  chmod 600 "$folder/key.pem"
}

write_dovecot() {
  mkdir -p "$dovecot"/{run,state} "$folder/mail"
  chown mail:mail "$folder/mail"
  cat >"$dovecot/dovecot.conf" <<END
base_dir = $dovecot/run
state_dir = $dovecot/state
instance_name = multimail-tests
log_path = $folder/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <$folder/cert.pem
ssl_key = <$folder/key.pem
auth_mechanisms = plain login scram-sha-256
mail_location = maildir:~/Maildir
first_valid_uid = 1
mail_uid = mail
mail_gid = mail
passdb {
  driver = static
  args = password=$MAIL_PASSWORD
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$folder/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = $PORT_IMAPS
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $PORT_LMTP
  }
}
service auth {
  unix_listener auth-client {
    mode = 0666
  }
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
END
}

write_postfix() {
  mkdir -p "$postfix"/{etc,spool,data}
  chown root:root "$postfix/spool"
  chown postfix "$postfix/data"
  printf 'if !/^nobody/\n/@%s$/ OK\nendif\n' "${MAIL_DOMAIN//./\\.}" >"$postfix/etc/mailboxes"
  cat >"$postfix/etc/main.cf" <<END
compatibility_level = 3.6
queue_directory = $postfix/spool
data_directory = $postfix/data
daemon_directory = $(postconf -dh daemon_directory)
command_directory = $(postconf -dh command_directory)
meta_directory = /etc/postfix
shlib_directory = $(postconf -dh shlib_directory)
maillog_file = $folder/postfix.log
maillog_file_prefixes = $folder
myhostname = mail.$MAIL_DOMAIN
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:5.7.1 nothing is local
default_transport = error:5.7.1 no mail leaves
relay_transport = smtp:[127.0.0.1]:$PORT_LISTENER
relay_domains = listener.test
disable_dns_lookups = yes
virtual_mailbox_domains = $MAIL_DOMAIN
virtual_mailbox_maps = regexp:$postfix/etc/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:$PORT_LMTP
lmtp_destination_recipient_limit = 1
recipient_delimiter = +
message_size_limit = 1000000
smtputf8_enable = yes
smtpd_tls_cert_file = $folder/cert.pem
smtpd_tls_key_file = $folder/key.pem
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $dovecot/run/auth-client
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_client_connection_rate_limit = 0
minimal_backoff_time = 1s
queue_run_delay = 1s
biff = no
END
  cat >"$postfix/etc/master.cf" <<END
127.0.0.1:$PORT_SMTP inet n - n - - smtpd
127.0.0.1:$PORT_SUBMISSION inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
127.0.0.1:$PORT_SUBMISSIONS inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
  -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
END
}

wait_for_ports() {
  local port tries
  for port in "$@"; do
    for tries in $(seq 100); do
      (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue 2
      sleep 0.1
    done
    echo "port $port did not open" >&2
    return 1
  done
}

# Dovecot starts its sign-in service at the first question; on a busy machine that takes longer than Postfix waits.
wait_for_sign_in() {
  local tries
  for tries in $(seq 60); do
    doveadm -c "$dovecot/dovecot.conf" auth test -a "$dovecot/run/auth-client" "ready@$MAIL_DOMAIN" "$MAIL_PASSWORD" >>"$folder/start.log" 2>&1 && return
    sleep 0.5
  done
  echo "dovecot signs nobody in" >&2
  return 1
}

case $1 in
  start)
    chmod 755 "$folder"
    write_certificate
    write_dovecot
    write_postfix
    dovecot -c "$dovecot/dovecot.conf" >"$folder/start.log" 2>&1 </dev/null || { cat "$folder/start.log" >&2; exit 1; }
    command postfix -c "$postfix/etc" start >>"$folder/start.log" 2>&1 </dev/null || { cat "$folder/start.log" "$folder/postfix.log" >&2; exit 1; }
    wait_for_ports "$PORT_SMTP" "$PORT_SUBMISSION" "$PORT_SUBMISSIONS" "$PORT_IMAPS" "$PORT_LMTP"
    wait_for_sign_in
    ;;
  stop)
    command postfix -c "$postfix/etc" stop >>"$folder/start.log" 2>&1 || true
    doveadm -c "$dovecot/dovecot.conf" stop >>"$folder/start.log" 2>&1 || true
    ;;
esac
